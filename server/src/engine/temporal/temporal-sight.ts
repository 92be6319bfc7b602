import type { WorkflowExecutionDescription } from '@temporalio/client';

/** Times in a row Temporal may hand out a workflow task in vain before a person is asked. */
const patience = 5;

/**
 * How a run stands with Temporal. `gone`: it has no workflow at work for it. `working`: an activity or a workflow task is
 * under way, or waits for a worker. `idle`: its workflow waits for a time or for news. `failing`: its workflow task was
 * handed out again and again, and failed or was never heard of.
 */
export type Sight = { kind: 'gone' | 'working' | 'idle' } | { kind: 'failing'; attempts: number };

type Description = {
  status: Pick<WorkflowExecutionDescription['status'], 'name'>;
  raw: Pick<WorkflowExecutionDescription['raw'], 'pendingActivities' | 'pendingWorkflowTask'>;
};

export function sightOf({ status, raw }: Description): Sight {
  if (status.name !== 'RUNNING') return { kind: 'gone' };
  const { pendingWorkflowTask: task, pendingActivities } = raw;
  const attempts = task?.attempt ?? 0;
  if (attempts > patience) return { kind: 'failing', attempts };
  return { kind: task || (pendingActivities?.length ?? 0) > 0 ? 'working' : 'idle' };
}
