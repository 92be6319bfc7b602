import type { HostName } from './runner/runner.types.js';

/** Channel on which processes hear that a run has news in its inbox, or was stopped. */
export const runWakeChannel = 'run.wake';

export interface RunWakeEvent {
  runId: string;
  epoch: number;
  host: HostName;
}
