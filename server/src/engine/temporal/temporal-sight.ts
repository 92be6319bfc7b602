import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { TasksInVain } from './workflow-tasks.js';

/** Times in a row Temporal may hand out a workflow task in vain before a person is asked. */
const patience = 5;

/**
 * How a run stands with Temporal. `gone`: it has no workflow at work for it. `working`: an activity or a workflow task is
 * under way, or waits for a worker. `idle`: its workflow waits for a time or for news. `failing`: its workflow task was
 * handed out again and again, and failed or was never heard of. `foreign`: workers of another version wrote its history,
 * and those of this one cannot go on with it.
 */
export type Sight = { kind: 'gone' | 'working' | 'idle' | 'foreign' } | { kind: 'failing'; attempts: number };

type Description = {
  status: Pick<WorkflowExecutionDescription['status'], 'name'>;
  raw: Pick<WorkflowExecutionDescription['raw'], 'pendingActivities' | 'pendingWorkflowTask'>;
};

/** @param inVain absent where no workflow task is outstanding */
export function sightOf({ status, raw }: Description, inVain?: TasksInVain): Sight {
  if (status.name !== 'RUNNING') return { kind: 'gone' };
  if (inVain?.isForeign === true) return { kind: 'foreign' };
  const { pendingWorkflowTask: task, pendingActivities } = raw;
  // Of a row of tries Temporal counts those since the last signal; of those before, the history has one for each signal.
  const attempts = Math.max(task?.attempt ?? 0, inVain?.count ?? 0);
  if (attempts > patience) return { kind: 'failing', attempts };
  return { kind: task || (pendingActivities?.length ?? 0) > 0 ? 'working' : 'idle' };
}
