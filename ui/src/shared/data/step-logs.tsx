import { Loading, LoadError } from '../components/page.js';
import { useStepLogs } from '../runs/api/use-step-logs.js';
import { t } from '../i18n/i18n.js';

const looks: Record<string, string> = { error: 'text-failed', warn: 'text-waiting', debug: 'text-faint' };

export function StepLogs({ runId, stepId }: { runId: string; stepId: string }) {
  const logs = useStepLogs(runId, stepId);
  if (logs.isPending) return <Loading />;
  if (logs.isError)
    return (
      <div className="p-3">
        <LoadError error={logs.error} />
      </div>
    );
  if (logs.data.length === 0) return <p className="p-6 text-center text-13 text-muted">{t('data.noLogs')}</p>;
  return (
    <div className="thin-scroll h-full overflow-auto px-3 py-2" tabIndex={0} role="log" aria-label={t('data.logs')}>
      {logs.data.map((line, index) => (
        <p key={index} className="flex gap-3 font-mono text-12 leading-5">
          <span className={`w-10 shrink-0 ${looks[line.level] ?? 'text-faint'}`}>{line.level}</span>
          <span className="min-w-0 break-words whitespace-pre-wrap">{line.text}</span>
        </p>
      ))}
    </div>
  );
}
