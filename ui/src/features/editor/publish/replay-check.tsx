import { Button } from '../../../shared/components/button.js';
import { formatInstant } from '../../../shared/format/time.js';
import { useReplay, type ReplayedRun, type ReplayVerdict } from '../api/replay.js';
import { useEditorStore } from '../editor-store.js';
import { t } from '../../../shared/i18n/i18n.js';
import { toldMessage } from '../../../shared/i18n/server-texts.js';

/** What the draft would have done with the newest runs, tried without touching the outside. */
export function ReplayCheck() {
  const { workflowId } = useEditorStore().getState();
  const replay = useReplay(workflowId);
  return (
    <section className="mt-4">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 text-12 font-medium text-muted">{t('editor.replay.title')}</h3>
        <Button dense disabled={replay.isPending} onClick={() => replay.mutate()}>
          {replay.isPending ? t('editor.replay.busy') : replay.data ? t('editor.replay.again') : t('editor.replay.try')}
        </Button>
      </div>
      <p className="text-12 text-faint">{t('editor.replay.text')}</p>
      <div role="status" className="mt-1">
        {replay.error && <p className="text-13 text-failed">{replay.error.message}</p>}
        {replay.data && <Verdicts runs={replay.data.runs} />}
      </div>
    </section>
  );
}

const looks: Record<ReplayVerdict, string> = {
  same: 'text-ok',
  path: 'text-failed',
  data: 'text-waiting',
  unknown: 'text-muted',
};

/** What matters most comes first; runs that would be the same are not listed. */
const order: readonly ReplayVerdict[] = ['path', 'unknown', 'data'];

function summaryOf(runs: readonly ReplayedRun[]): string {
  const count = (wanted: ReplayVerdict) => runs.filter(({ verdict }) => verdict === wanted).length;
  const [data, unknown] = [count('data'), count('unknown')];
  const alike = count('same') + data;
  const rest =
    (data > 0 ? t('editor.replay.otherData', { data }) : '') +
    (unknown > 0 ? t('editor.replay.ofUnknown', { unknown }) : '');
  return t(alike === runs.length ? 'editor.replay.all' : 'editor.replay.some', { alike, total: runs.length, rest });
}

function Verdicts({ runs }: { runs: ReplayedRun[] }) {
  if (runs.length === 0) return <p className="text-13 text-muted">{t('editor.replay.none')}</p>;
  const others = order.flatMap((wanted) => runs.filter(({ verdict }) => verdict === wanted));
  return (
    <>
      <p className="text-13">{summaryOf(runs)}</p>
      <ul className="thin-scroll max-h-60 overflow-y-auto">
        {others.map(({ runId, createdAt, verdict, differences, why }) => (
          <li key={runId} className="flex items-baseline gap-2 py-1 text-13">
            <span className={`w-24 shrink-0 text-12 font-medium ${looks[verdict]}`}>
              {t(`editor.replay.verdict.${verdict}`)}
            </span>
            <span className="min-w-0 flex-1">
              {toldMessage(why ?? differences.find(({ kind }) => kind === verdict)?.why ?? '')}
              {differences.length > 1 && (
                <span className="text-faint"> {t('editor.replay.more', { count: differences.length - 1 })}</span>
              )}
            </span>
            <a
              className="shrink-0 text-12 text-accent hover:underline"
              href={`/runs/${runId}`}
              target="_blank"
              rel="noreferrer"
            >
              {formatInstant(createdAt)}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
