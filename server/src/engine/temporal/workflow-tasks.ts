import type { TemporalLink } from './temporal-presence.js';

/** `WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR` of Temporal's API. */
const nonDeterministic = 24;
/** `TIMEOUT_TYPE_START_TO_CLOSE`: a worker had the task and was never heard of. */
const neverHeardOf = 1;
/** Newest events that are looked at: a task in vain leaves three, and a signal before it. */
const lookedAt = 100;

/** How the workflow tasks of a workflow ended since the last one that was completed. */
export interface TasksInVain {
  /**
   * Those that failed or were never heard of, as far as they are in the history. Temporal notes only the first of several
   * tries there; it begins to count anew with each signal, and notes the next one.
   */
  count: number;
  /**
   * The workers of the moment cannot replay the history: those of another version wrote it, which came and went in an upgrade
   * that was taken back.
   */
  isForeign: boolean;
}

export async function tasksInVain({ client, connection }: TemporalLink, workflowId: string): Promise<TasksInVain> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId },
    maximumPageSize: lookedAt,
  });
  const newest = history?.events ?? [];
  const completed = newest.findIndex((event) => event.workflowTaskCompletedEventAttributes);
  const since = completed < 0 ? newest : newest.slice(0, completed);
  const failed = since.flatMap((event) => event.workflowTaskFailedEventAttributes ?? []);
  const silent = since.filter(
    (event) => Number(event.workflowTaskTimedOutEventAttributes?.timeoutType ?? 0) === neverHeardOf,
  );
  return { count: failed.length + silent.length, isForeign: Number(failed[0]?.cause ?? 0) === nonDeterministic };
}
