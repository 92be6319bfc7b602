import type { StepError } from '@wfaib/sdk/errors';
import type { JsonValue } from '@wfaib/sdk/items';
import type { ApprovalRequest } from './approvals.js';

/**
 * Names one visit of a node: a hash of the path that led to it (node, source steps and ports, loop iterations).
 * The same over attempts, takeovers and completion orders; never an arrival counter.
 */
export type StepKey = string;

/** Items that left a port of a finished step and arrived somewhere. */
export interface Arrival {
  step: StepKey;
  port: string;
  count: number;
}

/** One visit of a node: what it is to work on. */
export interface StepVisit {
  key: StepKey;
  nodeId: string;
  /** Index within each enclosing loop, outermost first. Empty outside of loops. */
  iteration: number[];
  /** Zero-based number of this visit among those of the same node in the same iteration. */
  visit: number;
  inputs: { port: string; arrivals: Arrival[] }[];
  /** The visit that this one undoes. */
  undoes?: StepKey;
}

/** A durable pause of a step. */
export interface WaitSpec {
  kind: 'timer' | 'webhook' | 'approval';
  /** Milliseconds since 1970; absent: waits for ever. */
  until?: number;
  /** Of an approval: what people are asked, and whom. */
  approval?: ApprovalRequest;
}

/** Runs of other workflows that a step calls. */
export interface CallSpec {
  /** How many there are to be. */
  count: number;
  /** How many may be at work at once. */
  concurrency: number;
  /** Whether the step waits for their ends, or only until all have begun. */
  isAwaited: boolean;
}

/** What a try that failed leaves behind, for the undoing. */
interface Leftover {
  /** Items that were done before the failure; they are kept under the port `@done`. */
  done?: number;
  /** Another executor of the same try died: its effect may have happened, whatever this one came to. */
  isUncertain?: true;
}

/** What a person decided about a step. */
export type StepDecision = 'retry' | 'skip' | 'use' | 'done';

interface StepFact {
  step: StepKey;
  nodeId: string;
  iteration: number[];
  attempt: number;
}

/**
 * Why a retry does a node again: the retry starts here, it did not end well, its node is another in this version, it
 * works on other items now, it reads a step that is done again, its items are gone, it was undone, or it comes after such.
 */
export type AgainReason =
  'start' | 'notDone' | 'nodeChanged' | 'inputChanged' | 'readsChanged' | 'dataGone' | 'undone' | 'follows';

/**
 * Everything that can happen to a run. The journal is the list of these, and the state of a run is their fold:
 * nothing else is remembered anywhere. Items are not in here, only how many left which port.
 * `at`, `startedAt`, `endedAt`, `dueAt` are milliseconds since 1970.
 */
export type RunEvent =
  | {
      type: 'run.created';
      at: number;
      mode: 'production' | 'test';
      /** `trigger`: the items are the output of this trigger; `input`: they are the input of this node. */
      start: {
        nodeId: string;
        as: 'trigger' | 'input';
        count: number;
        /** Hash of the items, where a retry put them in place of those of the old run: every step is a new one then. */
        edit?: string;
      };
      stopAt?: string;
      /** The run goes on from an older one: how many of its visits are kept, and why others are not. */
      retry?: { of: string; kept: number; again: { nodeId: string; reason: AgainReason }[] };
      /** How often visits were done and undone by the runs it goes on from: what they do is another effect each time. */
      undone?: Record<StepKey, number>;
    }
  /**
   * Other items took the place of those a visit was to work on. From here on it is another visit, with a key of its own.
   * `edit` is a hash of the items.
   */
  | { type: 'input.edited'; at: number; visit: StepKey; count: number; edit: string }
  /** Committed before an effect: who holds the claim may do it, and only the holder's outcome counts. */
  | ({ type: 'step.intended'; at: number; claim: string } & StepFact)
  | ({
      type: 'step.succeeded';
      startedAt: number;
      endedAt: number;
      claim?: string;
      /** `skipped`: a disabled node passed its input on. */
      status: 'succeeded' | 'skipped';
      /** Items per output port; ports without items are left out. */
      outputs: Record<string, number>;
      /** Present where the failure was handled by `onError`. */
      error?: StepError;
    } & StepFact)
  /** A try failed and another one is due. */
  | ({
      type: 'step.retrying';
      startedAt: number;
      endedAt: number;
      claim?: string;
      error: StepError;
      dueAt: number;
    } & Leftover &
      StepFact)
  | ({ type: 'step.failed'; startedAt: number; endedAt: number; claim?: string; error: StepError } & Leftover &
      StepFact)
  /** The step failed for good, and the run waits for a person to decide what becomes of it. */
  | ({ type: 'step.paused'; startedAt: number; endedAt: number; claim?: string; error: StepError } & Leftover &
      StepFact)
  /**
   * A person decided about a step the run is paused at (`retry`, `skip`, `use`), or about one that could not be undone
   * (`retry`, `skip`, `done`). `outputs` as in `step.succeeded`, for `skip` and `use`.
   */
  | ({
      type: 'step.decided';
      at: number;
      by?: string;
      action: StepDecision;
      outputs?: Record<string, number>;
    } & StepFact)
  | ({ type: 'step.cancelled'; at: number } & StepFact)
  | ({ type: 'step.waiting'; at: number; startedAt: number; waits: WaitSpec[] } & StepFact)
  /** A person decided about an approval; it may take several of them. */
  | ({
      type: 'wait.decided';
      at: number;
      decision: 'approved' | 'rejected';
      /** E-mail address, or what else names the person. Everybody counts once. */
      by: string;
      comment?: string;
      data?: JsonValue;
    } & StepFact)
  /** Ends a wait; `outputs` as in `step.succeeded`. */
  | ({
      type: 'wait.resolved';
      at: number;
      by: 'timer' | 'resume' | 'decision';
      outputs: Record<string, number>;
    } & StepFact)
  /** The step calls other workflows: it waits for their runs, and then ends like any other. */
  | ({ type: 'step.calling'; at: number; startedAt: number; calls: CallSpec } & StepFact)
  /** A called run was created, in the transaction of this event. `index` counts the calls of the step from 0. */
  | ({ type: 'child.started'; at: number; index: number; runId: string } & StepFact)
  /** A called run ended, or there is none (`runId` is absent): it could not be called. */
  | ({
      type: 'child.ended';
      at: number;
      index: number;
      runId?: string;
      status: 'succeeded' | 'failed' | 'cancelled';
      error?: StepError;
    } & StepFact)
  /** The answer to the caller of a webhook; its body is run data. The first one wins. */
  | { type: 'run.replied'; at: number; step: StepKey }
  /** `isForced`: the run ends at once, whatever is at work, and nothing is undone. */
  | { type: 'run.cancelRequested'; at: number; by?: string; isForced?: true }
  /** The time limit of the whole run is over. */
  | { type: 'run.timedOut'; at: number }
  /** `by`: who asked for it; absent where it paused itself. */
  | { type: 'run.paused'; at: number; reason: string; by?: string }
  | { type: 'run.resumed'; at: number; by?: string }
  /** Another owner took over. `isClean`: no step was at work. `isBegin`: it had waited for its turn, and its time begins now. */
  | {
      type: 'run.handedOver';
      at: number;
      epoch: number;
      host: 'process' | 'temporal' | 'queue';
      reason: string;
      isClean?: true;
      isBegin?: true;
    }
  | {
      type: 'run.finished';
      at: number;
      status: 'succeeded' | 'failed' | 'cancelled';
      error?: StepError;
      /** The visit whose items are the result of the run. */
      result?: { step: StepKey; nodeId: string };
      /** Present where something was undone, or was to be. */
      compensation?: 'done' | 'failed';
    };

/** What is to be done next, derived from the state alone. */
export type Command =
  | {
      kind: 'step';
      visit: StepVisit;
      attempt: number;
      /** Set on a retry. */ dueAt?: number;
      /** Set when it was intended before. */ claim?: string;
    }
  | { kind: 'wait'; visit: StepVisit; attempt: number; waits: WaitSpec[] }
  /** Called runs are to begin, those of these indexes; or, where `isOver`, the step is to come to its end. */
  | { kind: 'call'; visit: StepVisit; attempt: number; begin: number[]; isOver: boolean }
  /** Nothing is left to do: append `run.finished` with these. */
  | {
      kind: 'finish';
      status: 'succeeded' | 'failed' | 'cancelled';
      error?: StepError;
      result?: { step: StepKey; nodeId: string };
      compensation?: 'done' | 'failed';
    };
