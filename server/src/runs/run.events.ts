import type { RunStatus } from './run.types.js';

/** Channel of {@link RunChanged}: the engine publishes on it after each commit. */
export const runChangedChannel = 'run.changed';

/** The journal of a run grew. A hint: it may be lost, so who follows a run also polls. */
export interface RunChanged {
  runId: string;
  projectId: string;
  workflowId: string | null;
  status: RunStatus;
  mode: 'production' | 'test';
  /** Sequence number of the newest event. */
  seq: number;
}
