/** Task queue of everything WFAIB does on Temporal, but for what has a queue of its own. */
export const taskQueue = 'wfaib';

/** Id of the Temporal workflow that carries a run under an epoch. */
export const workflowIdOf = (runId: string, epoch: number): string => `run:${runId}:${epoch}`;

/** The run and the epoch that a Temporal workflow of this id carries; undefined where it carries none. */
export function runOf(workflowId: string): { runId: string; epoch: number } | undefined {
  const [, runId, epoch] = /^run:([0-9a-f-]{36}):(\d{1,9})$/.exec(workflowId) ?? [];
  return runId === undefined ? undefined : { runId, epoch: Number(epoch) };
}

/** Type name of the Temporal workflow. */
export const workflowType = 'automationWorkflow';
