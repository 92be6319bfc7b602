import type { StepError } from '@wfaib/sdk/errors';
import type { FileRef, Item } from '@wfaib/sdk/items';

export const runStatuses = ['pending', 'running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];

/** Whether a run of this status is over. */
export function isEnded(status: RunStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/**
 * What starts runs: a person at the screen (`manual`), a program with an API key (`api`), a webhook, a schedule, a step of another
 * run (`call`), the failure of another run (`error`), and a retry, whoever asked for it.
 */
export const runStarters = ['manual', 'api', 'webhook', 'schedule', 'call', 'error', 'retry'] as const;
export type RunStarter = (typeof runStarters)[number];

/** What an open run waits for: its turn, a person (`approval`, or a decision about a step that failed), a call, or a time. */
export interface WaitingFor {
  kind: RunWait['kind'] | 'turn' | 'decision';
  /** Name of the step that waits. */
  step?: string;
  until?: Date;
  /** How many steps wait in all. */
  count: number;
}

/** A run in a list. */
export interface RunSummary {
  id: string;
  workflowId: string | null;
  workflowName: string;
  version: number | null;
  mode: 'production' | 'test';
  status: RunStatus;
  /** What carries it now. */
  engine: string;
  durability: string;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  error: StepError | null;
  parentRunId: string | null;
  retryOf: string | null;
  /** `null` where it is not known: the run is older than the question. */
  startedBy: RunStarter | null;
  /** How often another process had to go on with it. */
  takeovers: number;
  /** Present where something was undone. */
  compensation?: string;
  /** In lists, of runs that wait: what a person would name first. */
  waitingFor?: WaitingFor;
}

/** The items of the last visit of the final node. */
export interface RunResult {
  nodeId: string;
  itemCount: number;
  items: Item[];
}

/** What the caller of the webhook got. */
export interface RunResponse {
  status: number;
  headers: Record<string, string>;
  /** Parsed where it is JSON, else text. */
  body?: unknown;
  file?: FileRef;
}

/** Something a run waits for from outside. */
export interface RunWait {
  id: string;
  /** The visit that waits. */
  stepId: string;
  nodeId: string;
  /** `compensation`: the step could not undo what it was to undo, and a person decides (`POST /api/runs/:id/resume`). */
  kind: 'timer' | 'webhook' | 'approval' | 'compensation';
  until?: Date;
  /** Calling it ends the wait. */
  resumeUrl?: string;
  token?: string;
}

/** A run that waits until others of its workflow have ended. */
export interface RunTurn {
  reason: 'maxConcurrentRuns';
  /** Most runs at the same time, as its version says. */
  limit: number;
  /** Runs that wait longer. */
  ahead: number;
}

/** What keeps an open run from going on here: a newer version of WFAIB carried it. */
export interface NewerVersionNeed {
  /** The kind of event that this version does not know. */
  event: string;
  /** What happened and what to do, for people. */
  message: string;
}

/** One visit of a node, its newest attempt. */
export interface RunStep {
  id: string;
  nodeId: string;
  name: string;
  type: string;
  /** Index within each enclosing loop, outermost first. */
  iteration: number[];
  visit: number;
  attempt: number;
  status: string;
  startedAt: Date | null;
  endedAt: Date | null;
  idempotencyKey: string | null;
  itemCounts: { in: number; out: number };
  /** Items that left each port. */
  ports: Record<string, number>;
  error: StepError | null;
  /** The step that this one undoes. */
  undoes?: string;
  /** How far it is, where it says so while it runs; `at` is when it did. `fraction` is from 0 to 1. */
  progress?: { fraction: number; text?: string; at: Date };
}

/** A run with all its steps, in the order of their start. */
export interface RunView extends RunSummary {
  result: RunResult | null;
  response: RunResponse | null;
  waits: RunWait[];
  /** Present while it waits for its turn. */
  turn?: RunTurn;
  /** Present while it is open and a newer version of WFAIB noted in its journal what this one does not know. */
  needsNewerVersion?: NewerVersionNeed;
  steps: RunStep[];
}

/** All of a run but what may be large. */
export type RunHead = Omit<RunView, 'steps' | 'result'>;

/** How a run stands, for who waits for its answer. */
export interface RunOutcome {
  status: RunStatus;
  /** Items of the result, once there are some. */
  items: Item[];
}
