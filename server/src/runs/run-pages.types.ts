import type { StepError } from '@wfaib/sdk/errors';
import type { RunHead, RunStep, RunSummary } from './run.types.js';

/** What one node of the document did in a run, over all its visits. */
export interface NodeTotals {
  nodeId: string;
  name: string;
  type: string;
  visits: number;
  /** Visits by status. */
  statuses: Record<string, number>;
  /** Visits whose failure was handled by `onError`. */
  handled: number;
  /** Visits that needed more than one attempt. */
  retried: number;
  /** How many loops are around it. */
  depth: number;
  startedAt: Date | null;
  /** End of the visit that ended last; `null` while one is open. */
  endedAt: Date | null;
  /** `error`: how many of those that went out left by the port `error`. */
  itemCounts: { in: number; out: number; error: number };
}

/** A process that could not go on with a run, or a run that moved to another engine. */
export interface Takeover {
  at: number;
  host: string;
  reason: string;
}

/** Names a visit in the words of a person: a node, and where in the loops around it. */
export interface StepPlace {
  stepId: string;
  nodeId: string;
  iteration: number[];
  visit: number;
}

/** A run without the list of its steps: as large as its document, however often its loops went round. */
export interface RunOverview extends RunHead {
  nodes: NodeTotals[];
  stepCount: number;
  /** The visit that tells how the run stands: what failed, else what it waits for or works on, else its end. */
  focus: StepPlace | null;
  /** Number of the last event of its journal: a stream may go on from there. */
  lastSeq: number;
  takeoverList: Takeover[];
  /** Runs that it is a retry of, the nearest first, as far as they are kept; 20 at most. */
  retryChain: string[];
  /** Runs that were started from this one as its retries, newest first. */
  retries: Pick<RunSummary, 'id' | 'status' | 'createdAt'>[];
  /** Runs that its steps called, oldest first, 100 at most. */
  children: Pick<RunSummary, 'id' | 'status' | 'workflowName' | 'createdAt' | 'endedAt'>[];
  /** The page of Temporal about it; only for who administers the installation. */
  temporalUrl?: string;
}

/** A try of a visit that failed and was followed by another one. Times are milliseconds since 1970. */
export interface FailedTry {
  attempt: number;
  startedAt: number;
  endedAt: number;
  /** When the next one was due. */
  dueAt: number;
  error: StepError;
}

/** A pause of a visit. Times are milliseconds since 1970. */
export interface StepPause {
  kind: 'timer' | 'webhook' | 'approval';
  until: number | null;
  startedAt: number;
  endedAt: number | null;
  /** What ended it: `timer`, `resume` or `decision`. */
  endedBy: string | null;
  /** Of an approval. */
  title?: string;
  /** What people decided about an approval, oldest first. */
  decisions?: { by: string; decision: 'approved' | 'rejected'; at: number; comment?: string }[];
}

/** A visit with what happened on the way to its end. */
export interface StepStory extends RunStep {
  /** Place in the order of starts, from 0. */
  position: number;
  tries: FailedTry[];
  pauses: StepPause[];
}

/** A part of a list that can be entered anywhere. */
export interface Slice<Item> {
  items: Item[];
  total: number;
  offset: number;
}

/** One time round a loop. */
export interface LoopIteration {
  index: number;
  /** The worst of its visits: `failed`, `running`, `waiting`, `handled`, `retried`, else `succeeded`. */
  status: string;
  visits: number;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** The iterations of a loop: a page of them, and all of them in at most 200 parts for an overview. */
export interface LoopIterations extends Slice<LoopIteration> {
  /** Iterations by status. */
  counts: Record<string, number>;
  parts: { from: number; to: number; status: string }[];
}

/** What a step gave once, in some run of its workflow. */
export interface PastOutput {
  runId: string;
  stepId: string;
  mode: 'production' | 'test';
  version: number | null;
  at: Date | null;
  /** Items by port. */
  ports: Record<string, number>;
}

/** A line that a step wrote, with the visit it belongs to. */
export interface RunLogLine {
  stepId: string;
  nodeId: string;
  name: string;
  iteration: number[];
  level: string;
  text: string;
  at: string | null;
}
