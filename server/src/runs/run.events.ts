import type { RunStatus } from './run.types.js';

/** Channel of {@link RunChanged}: the engine publishes on it after each commit. */
export const runChangedChannel = 'run.changed';

/** Channel of {@link StepProgressed}: whoever executes a step publishes on it while it works. */
export const stepProgressChannel = 'step.progress';

/** A step says how far it is: once a second at most, and again every few seconds while it works. */
export interface StepProgressed {
  runId: string;
  step: string;
  nodeId: string;
  attempt: number;
  /** From 0 to 1. */
  fraction: number;
  /** What it is doing. */
  text?: string;
  /** When the try began, and when this was said; milliseconds since 1970. */
  since: number;
  at: number;
}

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

/** What others may want to be told about runs. */
export const runEventNames = ['run.failed', 'run.succeeded', 'run.paused', 'approval.requested'] as const;

export type RunEventName = (typeof runEventNames)[number];
