import { ImpossibleEvent } from './interpreter.errors.js';
import type { StepKey, StepVisit } from './run-events.types.js';
import type { LoopProgress, Round, RunState, VisitPhase, VisitProgress } from './run-state.js';
import type { StepPath } from './step-path.js';

/** What is needed to open a visit. */
export interface NewVisit {
  key: StepKey;
  node: number;
  round: Round;
  path: StepPath;
  inputs: StepVisit['inputs'];
  /** The loop a visit of a loop node belongs to. */
  loop?: LoopProgress;
  /** Of a visit that undoes another. */
  undo?: Required<Pick<StepVisit, 'undoes' | 'iteration' | 'visit'>>;
}

/** Adds a visit that is ready to run and counts as live in its round. */
export function openVisit(state: RunState, made: NewVisit): VisitProgress {
  if (state.visits.has(made.key)) throw new ImpossibleEvent('step', `the step ${made.key} would be there twice`);
  const progress: VisitProgress = {
    visit: { ...identify(state, made), inputs: made.inputs },
    node: made.node,
    round: made.round,
    path: made.path,
    loop: made.loop,
    phase: 'ready',
    attempt: 1,
    claim: undefined,
    dueAt: undefined,
    waits: undefined,
    decisions: undefined,
    calls: undefined,
    isOrphaned: false,
    openedAt: state.eventCount,
    isUncertain: false,
    done: 0,
    error: undefined,
    outputs: undefined,
    command: undefined,
  };
  state.visits.set(made.key, progress);
  state.open.set(made.key, progress);
  state.fresh.push(progress);
  made.round.visits.add(made.key);
  return progress;
}

function identify(state: RunState, made: NewVisit): Omit<StepVisit, 'inputs'> {
  const { key, node, round } = made;
  if (made.undo) return { key, nodeId: state.plan.nodes[node]!.id, ...made.undo };
  const visit = made.loop ? made.loop.visits : (round.visitCounts.get(node) ?? 0);
  if (!made.loop) round.visitCounts.set(node, visit + 1);
  return { key, nodeId: state.plan.nodes[node]!.id, iteration: round.iteration, visit };
}

/** Moves a visit to another phase and keeps the counts of the run right. */
export function enterPhase(state: RunState, progress: VisitProgress, phase: VisitPhase): void {
  if (progress.phase === 'intended') state.intendedCount--;
  if (progress.phase === 'waiting') state.waitingCount--;
  if (progress.phase === 'held') state.heldCount--;
  if (phase === 'intended') state.intendedCount++;
  if (phase === 'waiting') state.waitingCount++;
  if (phase === 'held') state.heldCount++;
  if (phase === 'ended') state.open.delete(progress.visit.key);
  progress.phase = phase;
  progress.isOrphaned = false;
  progress.command = undefined;
}

/** Counts a node as live in a round: something at it has not ended. */
export function hold(round: Round, node: number): void {
  round.live.set(node, (round.live.get(node) ?? 0) + 1);
}

/** The opposite of {@link hold}. */
export function release(round: Round, node: number): void {
  const left = (round.live.get(node) ?? 0) - 1;
  if (left > 0) round.live.set(node, left);
  else round.live.delete(node);
}

/** Drops a visit that nobody will ask for any more. */
export function forgetVisit(state: RunState, progress: VisitProgress): void {
  state.visits.delete(progress.visit.key);
  progress.round.visits.delete(progress.visit.key);
}
