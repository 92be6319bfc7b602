import type { StepError } from '@wfaib/sdk/errors';
import { isOutcomeUnknown } from './unknown-outcome.js';
import type { Arrival, StepKey } from './run-events.types.js';
import type { RunState, VisitProgress } from './run-state.js';
import { undoKey } from './step-keys.js';
import { extendPath } from './step-path.js';
import { enterPhase, openVisit } from './visits.js';

/** Port under which the items are kept that a step had finished before it failed. No node can have a port of this name. */
export const donePort = '@done';

/** A visit that is undone unless the run ends well. */
export interface Undoable {
  step: StepKey;
  nodeId: string;
  iteration: number[];
  /** Index of the node that undoes it. */
  undoneBy: number;
  /** What that node gets: the output, the finished part of it, or the input where the outcome is unknown. */
  arrivals: Arrival[];
  /** Number of the event that ended it. */
  ended: number;
  /** The latest opening among this visit and all that ended before it, as the number of an event. */
  latestOpening: number;
}

/** What is known of the undoing of a run. */
export interface Compensation {
  /** Not undone yet, in the order they ended. */
  undoables: Undoable[];
  /** Visits that undo, of the layer at work. */
  open: Set<VisitProgress>;
  /** Undoing failed for good: a person decides. By the key of the visit that was to undo. */
  failed: Map<StepKey, VisitProgress>;
  hasBegun: boolean;
  /** A person left something as it is. */
  hasSkipped: boolean;
  /** The run had ended, and a person had it go on. */
  isReopened: boolean;
  /** Visits so far, by node and iteration. */
  counts: Map<string, number>;
}

export function createCompensation(): Compensation {
  return {
    undoables: [],
    open: new Set(),
    failed: new Map(),
    hasBegun: false,
    hasSkipped: false,
    isReopened: false,
    counts: new Map(),
  };
}

/** A visit ended well: what left it is what is to be undone. Items that left by `error` were not done. */
export function noteDone(state: RunState, progress: VisitProgress, outputs: Record<string, number>): void {
  const ports = state.plan.nodes[progress.node]!.outputs.filter((port) => port !== 'error' && (outputs[port] ?? 0) > 0);
  addUndoable(
    state,
    progress,
    ports.map((port) => ({ step: progress.visit.key, port, count: outputs[port]! })),
  );
}

/**
 * A visit ended badly, or the run ended it. It is undone where its effect may have happened all the same, and as far as
 * some of its items were done before.
 */
export function noteFailed(state: RunState, progress: VisitProgress, error?: StepError): void {
  noteTry(progress, error);
  if (progress.isUncertain) return addUndoable(state, progress, inputOf(progress));
  if (progress.done === 0) return;
  addUndoable(state, progress, [{ step: progress.visit.key, port: donePort, count: progress.done }]);
}

/** What a failed try leaves behind for the case that no later one succeeds. */
export function noteTry(progress: VisitProgress, error: StepError | undefined, done = progress.done): void {
  if (error && isOutcomeUnknown(error)) progress.isUncertain = true;
  progress.done = done;
}

function inputOf({ visit }: VisitProgress): Arrival[] {
  return visit.inputs.flatMap(({ arrivals }) => arrivals);
}

function addUndoable(state: RunState, progress: VisitProgress, arrivals: Arrival[]): void {
  const undoneBy = undoerOf(state, progress);
  if (undoneBy === undefined) return;
  const { undoables } = state.compensation;
  const { key, nodeId, iteration } = progress.visit;
  const latestOpening = Math.max(undoables.at(-1)?.latestOpening ?? 0, progress.openedAt);
  undoables.push({ step: key, nodeId, iteration, undoneBy, arrivals, ended: state.eventCount, latestOpening });
}

/** Pinned items stand in for the work in test mode: nothing was done. */
function undoerOf(state: RunState, { node, visit }: VisitProgress): number | undefined {
  const { compensatedBy, node: written } = state.plan.nodes[node]!;
  const isPinned = state.mode === 'test' && written.pinned !== undefined;
  return visit.undoes !== undefined || isPinned ? undefined : compensatedBy;
}

/**
 * Begins to undo what ended last, once nothing of the run is at work any more. Visits that were at work at the same time
 * are undone at the same time; everything that had ended before one of them was opened comes after them, so an effect
 * is never undone while something that may build on it stands. In sequential runs one comes after the other.
 */
export function undoNextLayer(state: RunState): void {
  const { compensation, stopping, finished, intendedCount } = state;
  if (!stopping || stopping.isForced || finished || intendedCount > 0) return;
  if (compensation.open.size > 0 || compensation.failed.size > 0) return;
  const layer = takeLayer(state);
  if (layer.length > 0) dropTheRest(state);
  for (const undoable of layer) openUndo(state, undoable);
}

/** What is open without a claim has no effect: it is not waited for. */
function dropTheRest(state: RunState): void {
  for (const progress of state.open.values()) enterPhase(state, progress, 'ended');
}

function takeLayer({ compensation: { undoables }, plan }: RunState): Undoable[] {
  const last = undoables.at(-1);
  if (!last) return [];
  let from = undoables.length - 1;
  if (plan.branches === 'parallel') while (from > 0 && undoables[from - 1]!.ended > last.latestOpening) from--;
  return undoables.splice(from).reverse();
}

function openUndo(state: RunState, { step, iteration, undoneBy, arrivals }: Undoable): void {
  const { compensation, plan } = state;
  const node = plan.nodes[undoneBy]!;
  const place = `${undoneBy}:${iteration.join()}`;
  const count = compensation.counts.get(place) ?? 0;
  compensation.counts.set(place, count + 1);
  compensation.hasBegun = true;
  const progress = openVisit(state, {
    key: undoKey(step),
    node: undoneBy,
    round: state.root,
    path: extendPath(undefined, undoneBy),
    inputs: [{ port: node.inputs[0] ?? 'main', arrivals }],
    undo: { undoes: step, iteration, visit: count },
  });
  compensation.open.add(progress);
}

/** A visit that undoes came to its end. */
export function endUndo(state: RunState, progress: VisitProgress, outputs: Record<string, number>): void {
  enterPhase(state, progress, 'ended');
  progress.outputs = outputs;
  state.compensation.open.delete(progress);
}

/** A visit that undoes failed for good: what ended before it stays as it is until a person has decided. */
export function failUndo(state: RunState, progress: VisitProgress, error: StepError): void {
  enterPhase(state, progress, 'ended');
  progress.error = error;
  state.compensation.open.delete(progress);
  state.compensation.failed.set(progress.visit.key, progress);
}

/** What a person can do about something that could not be undone. */
export type UndoDecision = 'retry' | 'skip' | 'done';

/** A person decided: the run goes on with undoing, also where it had ended. @returns false where nothing is to be decided */
export function decideUndo(state: RunState, step: StepKey, action: UndoDecision): boolean {
  const { compensation } = state;
  const progress = compensation.failed.get(step);
  if (!progress) return false;
  compensation.failed.delete(step);
  state.finished = undefined;
  compensation.isReopened = true;
  if (action === 'skip') compensation.hasSkipped = true;
  if (action !== 'retry') return true;
  progress.attempt++;
  progress.claim = undefined;
  enterPhase(state, progress, 'ready');
  state.open.set(step, progress);
  compensation.open.add(progress);
  return true;
}

/** Whether visits that undo are outstanding. */
export function isUndoing({ compensation }: RunState): boolean {
  return compensation.open.size > 0;
}

/** How the undoing ended; undefined where there was none. */
export function compensationOf({ compensation, stopping }: RunState): 'done' | 'failed' | undefined {
  if (!compensation.hasBegun) return undefined;
  const isWhole = compensation.undoables.length === 0 && compensation.open.size === 0;
  const isDone = isWhole && compensation.failed.size === 0 && !compensation.hasSkipped && stopping?.isForced !== true;
  return isDone ? 'done' : 'failed';
}
