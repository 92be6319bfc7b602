import type { StepError } from '@wfaib/sdk/errors';
import type { ItemChunk } from '../../data/item-chunks.types.js';
import type { HttpReply, LogLine } from '../../nodes/core-node.types.js';
import type { ApprovalRequest } from '../../interpreter/approvals.js';
import type { StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { RunStarter } from '../../runs/run.types.js';
import type { HostName } from '../runner/runner.types.js';

export type RunStatus = 'pending' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';

/** The visit whose items are the result of a run. */
export interface RunResult {
  step: StepKey;
  nodeId: string;
  itemCount: number;
}

/** The row of a run. Times are milliseconds since 1970. */
export interface RunRow {
  readonly id: string;
  readonly projectId: string;
  readonly workflowId: string | null;
  readonly workflowName: string;
  readonly version: number | null;
  readonly documentHash: string;
  readonly mode: 'production' | 'test';
  readonly durability: string;
  readonly startNodeId: string;
  readonly startAs: 'trigger' | 'input';
  readonly stopAt: string | null;
  readonly answersCaller: boolean;
  readonly idempotencyKey: string | null;
  readonly rootRunId: string;
  readonly parentRunId: string | null;
  readonly retryOf: string | null;
  /** `null` in runs of before. */
  readonly startedBy: RunStarter | null;
  /** What its idempotency keys are made from: the root run, and for a called run the place it was called from. */
  readonly keyRoot: string;
  /** Number of runs above it that call each other. */
  readonly depth: number;
  /** The step of the run `parentRunId` that called it, and which of its calls this is. */
  readonly calledBy: { step: StepKey; index: number; isAwaited: boolean } | null;
  /**
   * Where its workflow has a limit of runs at the same time: whether it waits for a place or has one; else `null`. Given in
   * the database alone, under a new epoch.
   */
  readonly place: 'held' | 'taken' | null;
  readonly resumeSecret: string;
  readonly createdAt: number;
  status: RunStatus;
  host: HostName;
  epoch: number;
  lastSeq: number;
  /** The process that owns it; `null` where the host keeps owners itself or nobody needs to. */
  processId: string | null;
  takeovers: number;
  startedAt: number | null;
  endedAt: number | null;
  /** When a timer or a retry is due next. */
  wakeAt: number | null;
  error: StepError | null;
  result: RunResult | null;
  reply: HttpReply | null;
  /** How the undoing ended; `null` where there was none. */
  compensation: 'done' | 'failed' | null;
}

export type StepStatus =
  'pending' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled' | 'skipped' | 'compensated';

/** One visit of a node, as lists and pages show it. */
export interface StepRow {
  step: StepKey;
  position: number;
  nodeId: string;
  name: string;
  type: string;
  iteration: number[];
  visit: number;
  attempt: number;
  status: StepStatus;
  startedAt: number | null;
  endedAt: number | null;
  idempotencyKey: string | null;
  inputs: StepVisit['inputs'];
  itemsIn: number;
  itemsOut: number;
  outputs: Record<string, number>;
  error: StepError | null;
  logs: LogLine[] | null;
}

/** Items that left a port, as text, or where they are stored. */
export interface DataRow {
  step: StepKey;
  port: string;
  /** A JSON array; of none where the items are in chunks. */
  body: string;
  items: number;
  chunks?: ItemChunk[];
}

/** A wait that the outside can end, or, as `compensation`, something that could not be undone and is a person's to decide. */
export interface WaitRow {
  id: string;
  step: StepKey;
  nodeId: string;
  attempt: number;
  kind: 'timer' | 'webhook' | 'approval' | 'compensation';
  token: string | null;
  until: number | null;
  /** Of an approval: what people are asked, and whom. */
  request?: ApprovalRequest;
}

/** News for a run from outside. */
export interface InboxRow {
  id: string;
  kind: 'cancel' | 'unpause' | 'resume' | 'decision' | 'child';
  step: StepKey | null;
  body: unknown;
}
