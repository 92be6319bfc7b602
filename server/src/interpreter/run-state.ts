import type { StepError } from '@wfaib/sdk/errors';
import type { CompiledPlan } from '../plan/plan.types.js';
import type { ApprovalDecision } from './approvals.js';
import type { CallProgress } from './children.js';
import { createCompensation, type Compensation } from './compensation.js';
import type { Arrival, Command, StepKey, StepVisit, WaitSpec } from './run-events.types.js';
import type { StepPath } from './step-path.js';

/** An arrival together with how it came, so that arrivals can be put in an order that no completion order changes. */
export interface OrderedArrival {
  edge: number;
  path: StepPath;
  arrival: Arrival;
}

/**
 * One round of a loop, or the whole run outside of loops. Steps live in a round; a merge joins what arrives in its
 * round; a round has ended when nothing is live in it any more, and is then forgotten.
 */
export interface Round {
  /** Key of the loop visit that opened it; empty outside of loops. */
  key: StepKey;
  parent: Round | undefined;
  loop: LoopProgress | undefined;
  iteration: number[];
  path: StepPath | undefined;
  /** Node indexes of the loops whose rounds are open here, outermost first. */
  loops: number[];
  /** Open visits and unfinished loops by node. */
  live: Map<number, number>;
  /** Merges that got an arrival and wait for the rest, by node. */
  merges: Map<number, Map<string, OrderedArrival[]>>;
  /** Merges that ran. */
  merged: Set<number>;
  /** Number of visits so far, by node. */
  visitCounts: Map<number, number>;
  /** Visits that are remembered as long as the round is. */
  visits: Set<StepKey>;
}

/** A loop that was entered and has not finished. */
export interface LoopProgress {
  node: number;
  /** Names the arrival that entered it. */
  entry: StepKey;
  arrivals: Arrival[];
  path: StepPath;
  /** The round it stands in, not the one it opens. */
  home: Round;
  visits: number;
  /** Items it has still to send out by `loop`; only known in mode batches. */
  remaining: number;
  /** What reached `next` in the open round. */
  arriving: OrderedArrival[];
  /** What reached `next` and is to be given to a visit: of the last round (while), of all so far (batches). */
  collected: Arrival[];
}

/** `held`: it failed, and a person decides what becomes of it. */
export type VisitPhase = 'ready' | 'intended' | 'waiting' | 'held' | 'ended';

/** What is known of one visit. */
export interface VisitProgress {
  visit: StepVisit;
  node: number;
  round: Round;
  path: StepPath;
  loop: LoopProgress | undefined;
  phase: VisitPhase;
  attempt: number;
  claim: string | undefined;
  dueAt: number | undefined;
  waits: WaitSpec[] | undefined;
  /** What people decided so far about the approval it waits for. */
  decisions: ApprovalDecision[] | undefined;
  /** Runs of other workflows it calls; kept over its tries. */
  calls: CallProgress | undefined;
  /** Intended under an owner that is gone: the new owner has to take it up again. */
  isOrphaned: boolean;
  /** Number of the event that opened it. */
  openedAt: number;
  /** Its effect may have happened although no try of it succeeded. */
  isUncertain: boolean;
  /** Items that a failed try had done. */
  done: number;
  /** Why it is held, or why it could not undo. */
  error: StepError | undefined;
  /** Items per port, once it has ended well. */
  outputs: Record<string, number> | undefined;
  /** Made once and kept until the visit changes. */
  command: Command | undefined;
}

/** What is remembered of a node for the result of the run. */
export interface NodeProgress {
  /** Whether any visit of it sent items on. */
  wasFollowed: boolean;
  /** The latest visit that ended well, by path. */
  latest: { key: StepKey; path: StepPath } | undefined;
  /** The latest such visit that sent nothing on. */
  latestUnfollowed: { key: StepKey; path: StepPath } | undefined;
}

/** Why the run comes to its end before its work is done. */
export interface Stopping {
  status: 'failed' | 'cancelled';
  error?: StepError;
  /** Nothing is waited for and nothing undone. */
  isForced?: true;
}

/** The state of a run: the fold of its events and nothing else. Change it only with `apply`. */
export interface RunState {
  plan: CompiledPlan;
  /** Number of events applied. */
  eventCount: number;
  isCreated: boolean;
  /** When its time began: with its creation, or when its turn came; milliseconds since 1970. */
  beginAt: number;
  mode: 'production' | 'test';
  /** How often visits were undone by the runs this one goes on from. */
  undone: ReadonlyMap<StepKey, number>;
  stopAt: number | undefined;
  /** Nodes that may run, where the run stops at one of them. */
  allowed: Set<number> | undefined;
  root: Round;
  /** Visits of rounds that have not ended. */
  visits: Map<StepKey, VisitProgress>;
  /** Visits that have not ended, oldest first. */
  open: Map<StepKey, VisitProgress>;
  intendedCount: number;
  waitingCount: number;
  heldCount: number;
  /** Visits the event at hand made. */
  fresh: VisitProgress[];
  /** Sequential branches only: what is to run, next one last. */
  stack: VisitProgress[];
  nodes: NodeProgress[];
  paused: { reason: string } | undefined;
  stopping: Stopping | undefined;
  /** What is undone when the run does not end well, and how far that is. */
  compensation: Compensation;
  finished: Omit<Extract<Command, { kind: 'finish' }>, 'kind'> | undefined;
  /** Items that were put in place of others: what they stand in for, by the step that is named as theirs. */
  edited: Map<StepKey, Arrival[]>;
  /** The step that answered the caller. */
  repliedBy: StepKey | undefined;
}

/** The state of a run to which nothing has happened, not even its creation. */
export function createRunState(plan: CompiledPlan): RunState {
  return {
    plan,
    eventCount: 0,
    isCreated: false,
    beginAt: 0,
    mode: 'production',
    undone: new Map(),
    stopAt: undefined,
    allowed: undefined,
    root: createRound(undefined, { key: '', iteration: [], path: undefined, loops: [] }),
    visits: new Map(),
    open: new Map(),
    intendedCount: 0,
    waitingCount: 0,
    heldCount: 0,
    fresh: [],
    stack: [],
    nodes: plan.nodes.map(() => ({ wasFollowed: false, latest: undefined, latestUnfollowed: undefined })),
    paused: undefined,
    stopping: undefined,
    compensation: createCompensation(),
    finished: undefined,
    edited: new Map(),
    repliedBy: undefined,
  };
}

/** A round in which nothing has happened yet. `loop` is the loop it belongs to. */
export function createRound(
  loop: LoopProgress | undefined,
  place: Pick<Round, 'key' | 'iteration' | 'path' | 'loops'>,
): Round {
  return {
    ...place,
    loop,
    parent: loop?.home,
    live: new Map(),
    merges: new Map(),
    merged: new Set(),
    visitCounts: new Map(),
    visits: new Set(),
  };
}
