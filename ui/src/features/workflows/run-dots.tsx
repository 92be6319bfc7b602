import { Link } from '@tanstack/react-router';
import { statusLooks } from '../../shared/components/status.js';
import type { RecentRuns } from './api/organise.js';
import { t } from '../../shared/i18n/i18n.js';

const colours: Record<string, string> = {
  succeeded: 'bg-ok',
  failed: 'bg-failed',
  running: 'bg-accent',
  waiting: 'bg-waiting',
  paused: 'bg-waiting',
};

/** The last runs, oldest at the left; failed ones are also taller. */
export function RunDots({ workflowId, runs }: { workflowId: string; runs: RecentRuns[string] | undefined }) {
  if (!runs || runs.length === 0) return <span className="text-12 text-muted">{t('workflows.neverRan')}</span>;
  const failed = runs.filter(({ status }) => status === 'failed').length;
  return (
    <Link
      to="/runs"
      search={{ workflowId }}
      aria-label={t('workflows.lastRuns', { count: runs.length, failed })}
      className="flex h-5 w-fit items-center gap-[3px]"
    >
      {runs.toReversed().map(({ id, status }) => (
        <span
          key={id}
          title={statusLooks[status].label}
          className={`w-1.5 rounded-full ${status === 'failed' ? 'h-3.5' : 'h-1.5'} ${colours[status] ?? 'bg-idle'}`}
        />
      ))}
    </Link>
  );
}
