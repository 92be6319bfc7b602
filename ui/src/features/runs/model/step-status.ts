import type { NodeTotals, RunOverview, StepStory } from '../../../api/types.js';
import { isOpen } from '../../../shared/runs/api/use-run.js';
import type { StatusName } from '../../../shared/components/status.js';

const approval = 'core.approval';

type Visit = Pick<StepStory, 'status' | 'error' | 'attempt' | 'pauses' | 'tries'>;

/** How one visit stands, in the words of people. */
export function visitStatus({ status, error, attempt, pauses }: Visit): StatusName {
  if (status === 'waiting') {
    const open = pauses.filter(({ endedAt }) => endedAt === null);
    if (open.some(({ kind }) => kind === 'approval')) return 'needsYou';
    return error && open.length === 0 ? 'retrying' : 'waiting';
  }
  if (status === 'succeeded' && error) return 'failed';
  return status === 'succeeded' && attempt > 1 ? 'doneAfterRetries' : status;
}

/** How a node stands over all its visits: the worst of them. A run that waits for its turn has done nothing yet. */
export function nodeStatus(totals: NodeTotals | undefined, run: Pick<RunOverview, 'status' | 'turn'>): StatusName {
  if (!totals) return 'idle';
  if (run.turn) return 'pending';
  const { statuses, handled, retried, type } = totals;
  const ended = !isOpen(run.status);
  if (statuses.failed) return 'failed';
  for (const open of ['waiting', 'paused', 'running', 'pending'] as const)
    if (statuses[open]) return ended ? 'cancelled' : open === 'waiting' && type === approval ? 'needsYou' : open;
  if (statuses.cancelled) return 'cancelled';
  if (handled > 0) return 'failed';
  if (statuses.compensated) return 'compensated';
  if (statuses.succeeded) return retried > 0 ? 'doneAfterRetries' : 'succeeded';
  return statuses.skipped ? 'skipped' : 'succeeded';
}
