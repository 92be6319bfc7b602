/** Task queue of everything WFAIB does on Temporal, but for what has a queue of its own. */
export const taskQueue = 'wfaib';

/** Id of the Temporal workflow that carries a run under an epoch. */
export const workflowIdOf = (runId: string, epoch: number): string => `run:${runId}:${epoch}`;

/** Type name of the Temporal workflow. */
export const workflowType = 'automationWorkflow';
