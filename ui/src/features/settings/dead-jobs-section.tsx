import { useQueryClient } from '@tanstack/react-query';
import { RotateCcw, Trash2 } from 'lucide-react';
import { Button } from '../../shared/components/button.js';
import { notifyError } from '../../shared/components/toasts.js';
import { formatDay } from '../../shared/format/time.js';
import { deadJobsKey, deleteDeadJob, runDeadJob, useDeadJobs } from './api/dead-jobs.js';
import type { DeadJob } from './api/dead-jobs.js';
import { t } from '../../shared/i18n/i18n.js';

/** Small jobs, such as mail, that failed for good: nothing is shown where there is none. */
export function DeadJobsSection() {
  const jobs = useDeadJobs();
  if (!jobs.data || jobs.data.items.length === 0) return null;
  return (
    <section aria-labelledby="dead-jobs">
      <h2 id="dead-jobs" className="mb-2 text-14 font-semibold">
        {t('deadJobs.title')}
      </h2>
      <ul className="rounded-card border border-line bg-surface">
        {jobs.data.items.map((job) => (
          <DeadJobRow key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}

function DeadJobRow({ job: { id, kind, attempts, error, failedAt } }: { job: DeadJob }) {
  const queryClient = useQueryClient();
  const act = async (action: (id: string) => Promise<unknown>) => {
    await action(id).catch(notifyError);
    await queryClient.invalidateQueries({ queryKey: deadJobsKey });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2.5 text-13 last:border-0">
      <span className="min-w-48 flex-1">
        <span className="font-medium">{kind}</span>
        <span className="text-muted">
          {', '}
          {failedAt
            ? t('deadJobs.timesLast', { count: attempts, time: formatDay(failedAt) })
            : t('deadJobs.times', { count: attempts })}
        </span>
        <span className="block break-words text-failed">{error}</span>
      </span>
      <Button dense icon={<RotateCcw size={13} aria-hidden />} onClick={() => void act(runDeadJob)}>
        {t('deadJobs.again')}
      </Button>
      <Button dense variant="danger" icon={<Trash2 size={13} aria-hidden />} onClick={() => void act(deleteDeadJob)}>
        {t('common.delete')}
      </Button>
    </li>
  );
}
