import { post } from '../../../api/client.js';

/** What becomes of a step the run is paused at, or of one that could not undo. Without `step`: the only one that waits. */
export interface StepDecision {
  step?: string;
  action: 'retry' | 'skip' | 'use' | 'done';
  with?: 'input' | 'nothing';
  items?: object[];
}

export const decideStep = (runId: string, decision: StepDecision) =>
  post<unknown>(`/api/runs/${runId}/resume`, decision);
