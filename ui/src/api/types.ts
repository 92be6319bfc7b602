import type { Field } from '@wfaib/sdk/fields';
import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { StepError } from '@wfaib/sdk/errors';
import type { Sentence } from '@wfaib/sdk/sentence';
import type { Durability, Problem, WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** One page of a list; `nextCursor` is absent or null on the last. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
}

/** Who is signed in, and whether the owner still has to be made. */
export interface Session {
  user?: { id: string; email: string; name?: string | null } | null;
  project?: { id: string; name: string } | null;
  setupNeeded: boolean;
}

/** A row of the workflow list. */
export interface WorkflowSummary {
  id: string;
  name: string;
  revision: number;
  /** Number of the version that answers triggers, `null` while nothing is live. */
  live: number | null;
  createdAt?: string;
  updatedAt?: string;
  nodeCount?: number;
  folder?: string;
  tags?: string[];
  owner?: string | null;
  /** What is wrong with the credentials of its draft. */
  credentialProblems?: Problem[];
}

export interface Workflow extends WorkflowSummary {
  draft: WorkflowDocument;
  problems: Problem[];
}

export interface WorkflowVersion {
  version: number;
  createdAt?: string;
  createdBy?: string | null;
  note?: string | null;
  document?: WorkflowDocument;
}

export type RunStatus = 'pending' | 'running' | 'waiting' | 'paused' | 'succeeded' | 'failed' | 'cancelled';
export type StepStatus = RunStatus | 'skipped' | 'compensated' | 'retrying';

/** What a run waits for, as lists show it. */
export interface WaitingFor {
  kind: 'turn' | 'decision' | RunWait['kind'];
  /** Name of the step that waits. */
  step?: string;
  until?: string;
  count: number;
}

/** A row of the runs list. */
/** What started a run; `call` and `error` are other runs. */
export type RunStarter = 'manual' | 'api' | 'webhook' | 'schedule' | 'call' | 'error' | 'retry';

export interface RunSummary {
  id: string;
  workflowId: string | null;
  workflowName?: string | null;
  version: number | null;
  mode: 'production' | 'test';
  status: RunStatus;
  engine?: string | null;
  durability?: Durability | null;
  startedBy?: RunStarter | null;
  createdAt: string;
  startedAt: string | null;
  endedAt: string | null;
  error?: StepError | null;
  retryOf?: string | null;
  takeovers?: number;
  waitingFor?: WaitingFor;
}

export interface RunWait {
  id: string;
  stepId: string;
  nodeId: string;
  kind: 'timer' | 'webhook' | 'approval' | 'compensation';
  until?: string | null;
  resumeUrl?: string | null;
  token?: string | null;
}

/** One visit of a step. */
export interface RunStep {
  id: string;
  nodeId: string;
  name: string;
  iteration: number[];
  visit: number;
  attempt: number;
  status: StepStatus;
  startedAt: string | null;
  endedAt: string | null;
  idempotencyKey?: string | null;
  itemCounts: { in: number; out: number };
  /** Items that left each port. */
  ports?: Record<string, number>;
  error?: StepError | null;
  /** The visit that this one undoes. */
  undoes?: string;
}

export interface Run extends RunSummary {
  result?: { nodeId: string; itemCount: number; items: Item[] } | null;
  response?: unknown;
  parentRunId?: string | null;
  waits: RunWait[];
  /** Present while it waits until others of its workflow have ended. */
  turn?: { reason: 'maxConcurrentRuns'; limit: number; ahead: number };
  /** Present while it is open and a newer version of WFAIB noted what this one does not know. */
  needsNewerVersion?: { event: string; message: string };
  steps: RunStep[];
  compensation?: 'done' | 'failed';
}

export interface ItemPage {
  items: Item[];
  total?: number;
  /** Where items were looked for: the place of each among all. */
  indexes?: number[];
  /** On the input side: which output item of an earlier step each item is. */
  places?: ItemSource[];
  /** The visits that the items came from, by id. */
  origins: Record<string, ItemOrigin>;
}

/** A visit that items came from. */
export interface ItemOrigin {
  nodeId: string;
  name: string;
  iteration: number[];
  visit: number;
}

export interface LogLine {
  level: 'log' | 'info' | 'warn' | 'error' | 'debug';
  text: string;
  at?: string;
}

/** Names a visit: a node, and where in the loops around it. */
export interface StepPlace {
  stepId: string;
  nodeId: string;
  iteration: number[];
  visit: number;
}

/** What one node did in a run, over all its visits. */
export interface NodeTotals {
  nodeId: string;
  name: string;
  type: string;
  visits: number;
  statuses: Partial<Record<StepStatus, number>>;
  handled: number;
  retried: number;
  depth: number;
  startedAt: string | null;
  endedAt: string | null;
  itemCounts: { in: number; out: number; error: number };
}

/** A run without its list of steps. */
export interface RunOverview extends Omit<Run, 'steps' | 'result'> {
  nodes: NodeTotals[];
  stepCount: number;
  focus: StepPlace | null;
  lastSeq: number;
  takeoverList: { at: number; host: string; reason: string }[];
  /** Runs that it is a retry of, the nearest first. */
  retryChain: string[];
  retries: { id: string; status: RunStatus; createdAt: string }[];
  children: { id: string; status: RunStatus; workflowName: string; createdAt: string; endedAt: string | null }[];
  temporalUrl?: string;
}

/** A node of a run, and how many of its visits are meant. */
export interface ForecastStep {
  nodeId: string;
  name: string;
  visits: number;
}

/** What a retry would keep of a run and what it would do again. */
export interface RetryForecast {
  version: number | null;
  kept: ForecastStep[];
  again: (ForecastStep & { reason: string | null })[];
}

/** An event of the journal, in words. */
export interface HistoryEntry {
  seq: number;
  at: string;
  type: string;
  step: { id: string; nodeId: string; name: string; iteration: number[]; attempt: number } | null;
  summary: string;
  said: Sentence;
  error: StepError | null;
}

/** A run as it was after one of its events. */
export interface RunThen {
  seq: number;
  lastSeq: number;
  at: string;
  status: RunStatus;
  event: HistoryEntry;
  steps: RunStep[];
}

/** A try that failed and was followed by another one; milliseconds since 1970. */
export interface FailedTry {
  attempt: number;
  startedAt: number;
  endedAt: number;
  dueAt: number;
  error: StepError;
}

/** A pause of a visit; milliseconds since 1970. */
export interface StepPause {
  kind: RunWait['kind'];
  until: number | null;
  startedAt: number;
  endedAt: number | null;
  endedBy: string | null;
  /** Of an approval. */
  title?: string;
  /** What people decided about it. */
  decisions?: { by: string; decision: 'approved' | 'rejected'; at: number; comment?: string }[];
}

/** A visit with what happened on the way to its end. */
export interface StepStory extends RunStep {
  position: number;
  tries: FailedTry[];
  pauses: StepPause[];
}

/** A part of a list that can be entered anywhere. */
export interface Slice<T> {
  items: T[];
  total: number;
  offset: number;
}

export type IterationStatus = 'failed' | 'waiting' | 'running' | 'handled' | 'retried' | 'succeeded';

export interface LoopIteration {
  index: number;
  status: IterationStatus;
  visits: number;
  startedAt: string | null;
  endedAt: string | null;
}

export interface LoopIterations extends Slice<LoopIteration> {
  counts: Partial<Record<IterationStatus, number>>;
  parts: { from: number; to: number; status: IterationStatus }[];
}

export interface RunLogLine {
  stepId: string;
  nodeId: string;
  name: string;
  iteration: number[];
  level: LogLine['level'];
  text: string;
  at: string | null;
}

/** A sort of credential and the fields its form shows. */
export interface CredentialKind {
  kind: string;
  label: string;
  fields: Record<string, Field>;
  /** Whether the service can be asked if it takes the credential. */
  canTest?: boolean;
}

/** A credential without its secrets: those never leave the server. */
export interface Credential {
  id: string;
  name: string;
  kind: string;
  createdAt?: string;
  updatedAt?: string;
  /** Fields of the kind, and whether each one holds a value. */
  fields?: Record<string, { hasValue: boolean }>;
  maxConcurrentCalls: number | null;
  /** The last test since its values were changed. */
  lastTest?: (CredentialTest & { at: string }) | null;
}

export interface CredentialTest {
  ok: boolean;
  message?: string;
}

export interface ApiKey {
  id: string;
  name: string;
  prefix?: string;
  start?: string;
  createdAt?: string;
  lastUsedAt?: string | null;
}

export interface Health {
  status: string;
  version: string;
  engine: 'temporal' | 'queue';
  checks: Record<string, { ok: boolean; degraded?: boolean; detail?: string; said?: Sentence }>;
}
