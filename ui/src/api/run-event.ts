import type { StepError } from '@wfaib/sdk/errors';

interface StepFact {
  step: string;
  nodeId: string;
  iteration?: number[];
  attempt?: number;
}

/** What the live stream of a run tells; times are milliseconds since 1970. */
export type RunEvent =
  | { type: 'run.created'; at: number; start?: { nodeId: string; as: 'trigger' | 'input'; count: number } }
  | ({ type: 'step.intended'; at: number } & StepFact)
  | ({
      type: 'step.succeeded';
      startedAt: number;
      endedAt: number;
      status: 'succeeded' | 'skipped';
      outputs: Record<string, number>;
      error?: StepError;
    } & StepFact)
  | ({ type: 'step.retrying'; startedAt: number; endedAt: number; error: StepError; dueAt: number } & StepFact)
  | ({ type: 'step.failed'; startedAt: number; endedAt: number; error: StepError } & StepFact)
  | ({ type: 'step.paused'; startedAt: number; endedAt: number; error: StepError } & StepFact)
  | ({ type: 'step.decided'; at: number; action: string; outputs?: Record<string, number> } & StepFact)
  | ({ type: 'step.cancelled'; at: number } & StepFact)
  | ({ type: 'step.waiting'; at: number; startedAt: number; waits: { kind: string; until?: number }[] } & StepFact)
  | ({ type: 'wait.decided'; at: number; by: string; decision: 'approved' | 'rejected' } & StepFact)
  | ({ type: 'wait.resolved'; at: number; by: string; outputs: Record<string, number> } & StepFact)
  | { type: 'run.replied'; at: number; step: string }
  | { type: 'run.cancelRequested'; at: number; by?: string }
  | { type: 'run.timedOut'; at: number }
  | { type: 'run.paused'; at: number; reason: string }
  | { type: 'run.resumed'; at: number }
  | { type: 'run.handedOver'; at: number; epoch: number; host: string; reason: string }
  | { type: 'run.finished'; at: number; status: 'succeeded' | 'failed' | 'cancelled'; error?: StepError };

/** Names of the events on the stream; `step.resumed` carries a `wait.resolved`. */
export const streamEventNames: readonly string[] = [
  'step.resumed',
  'run.created',
  'step.intended',
  'step.succeeded',
  'step.retrying',
  'step.failed',
  'step.paused',
  'step.decided',
  'step.cancelled',
  'step.waiting',
  'wait.decided',
  'wait.resolved',
  'run.replied',
  'run.cancelRequested',
  'run.timedOut',
  'run.paused',
  'run.resumed',
  'run.handedOver',
  'run.finished',
];
