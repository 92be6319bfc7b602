import type { PlanEdge } from '../plan/plan.types.js';
import { inOrder } from './merges.js';
import type { StepVisit } from './run-events.types.js';
import {
  createRound,
  type LoopProgress,
  type OrderedArrival,
  type Round,
  type RunState,
  type VisitProgress,
} from './run-state.js';
import { loopKey, visitKey } from './step-keys.js';
import { extendPath } from './step-path.js';
import { forgetVisit, hold, openVisit } from './visits.js';

/** The loop an arrival at `next` belongs to: the innermost open round of that loop around `round`. */
export function loopAround(round: Round, node: number): LoopProgress | undefined {
  for (let at: Round | undefined = round; at; at = at.parent) if (at.loop?.node === node) return at.loop;
  return undefined;
}

/** Starts a loop with an arrival: its first visit. */
export function enterLoop(
  state: RunState,
  round: Round,
  edge: Pick<PlanEdge, 'index' | 'to' | 'toPort'>,
  from: OrderedArrival,
): void {
  const node = state.plan.nodes[edge.to]!;
  const count = node.node.executeOnce ? Math.min(1, from.arrival.count) : from.arrival.count;
  const loop: LoopProgress = {
    node: node.index,
    entry: visitKey(node.id, edge.toPort, from.arrival),
    arrivals: [from.arrival],
    path: extendPath(from.path, edge.index),
    home: round,
    visits: 0,
    remaining: node.loop?.mode === 'batches' ? count : Infinity,
    arriving: [],
    collected: [],
  };
  hold(round, node.index);
  visitLoop(state, loop);
}

/** Opens the round that a visit of a loop sends its items into. */
export function openRound(progress: VisitProgress, count: number): Round {
  const loop = progress.loop!;
  const round = createRound(loop, {
    key: progress.visit.key,
    iteration: [...loop.home.iteration, progress.visit.visit],
    path: progress.path,
    loops: [...loop.home.loops, loop.node],
  });
  loop.remaining -= count;
  return round;
}

/** Forgets a round in which nothing is live any more, but for what reached `next`, and visits its loop again. */
export function endRound(state: RunState, round: Round): void {
  const loop = round.loop!;
  const arrived = inOrder(loop.arriving);
  loop.arriving = [];
  if (isWhile(state, loop)) loop.collected = arrived;
  else for (const arrival of arrived) loop.collected.push(arrival);
  for (const key of round.visits) state.visits.delete(key);
  const opener = state.visits.get(round.key);
  if (opener) forgetVisit(state, opener);
  visitLoop(state, loop);
}

function visitLoop(state: RunState, loop: LoopProgress): void {
  openVisit(state, {
    key: loopKey(loop.entry, loop.visits),
    node: loop.node,
    round: loop.home,
    path: extendPath(loop.path, loop.visits),
    inputs: loopInputs(state, loop),
    loop,
  });
  loop.visits++;
}

/**
 * In mode batches what reached `next` is given only to the visit that has nothing left to send out, the one that emits
 * `done`: handing an ever longer list to each visit would make the work grow with the square of the rounds.
 */
function loopInputs(state: RunState, loop: LoopProgress): StepVisit['inputs'] {
  const isGiven = isWhile(state, loop) || loop.remaining <= 0;
  return [
    { port: state.plan.nodes[loop.node]!.loop!.entryPort, arrivals: loop.arrivals },
    { port: 'next', arrivals: isGiven ? [...loop.collected] : [] },
  ];
}

function isWhile(state: RunState, loop: LoopProgress): boolean {
  return state.plan.nodes[loop.node]!.loop!.mode === 'while';
}
