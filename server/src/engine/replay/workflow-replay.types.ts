import type { RunStatus } from '../../runs/run.types.js';

/**
 * What another version would have done with a run: the same, go another way, make other data on the same way; or it is
 * not known, because it needs what was never recorded.
 */
export type ReplayVerdict = 'same' | 'path' | 'data' | 'unknown';

/** Where the two part. */
export interface ReplayDifference {
  kind: Exclude<ReplayVerdict, 'same'>;
  nodeId: string;
  name: string;
  iteration: number[];
  /** As a sentence. */
  why: string;
}

/** One run, played once more. */
export interface ReplayedRun {
  runId: string;
  createdAt: Date;
  /** How it ended. */
  status: RunStatus;
  verdict: ReplayVerdict;
  /** In order of start, the ones that matter; empty where all is the same. */
  differences: ReplayDifference[];
  /** Why nothing can be said of the run as a whole. */
  why?: string;
}

export interface WorkflowReplay {
  workflowId: string;
  /** `null`: the draft. */
  version: number | null;
  /** Newest first. */
  runs: ReplayedRun[];
  counts: Record<ReplayVerdict, number>;
}
