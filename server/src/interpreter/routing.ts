import type { PlanEdge } from '../plan/plan.types.js';
import { endRound, enterLoop, loopAround, openRound } from './loops.js';
import { arriveAtMerge, runEndedMerges } from './merges.js';
import type { StepKey } from './run-events.types.js';
import type { OrderedArrival, Round, RunState, VisitProgress } from './run-state.js';
import { inputPort, visitKey } from './step-keys.js';
import { comparePaths, extendPath, type StepPath } from './step-path.js';
import { enterPhase, hold, openVisit, release } from './visits.js';

/** Ends a visit well: its items go where the connections lead, and what was waiting for it may run. */
export function completeVisit(state: RunState, progress: VisitProgress, outputs: Record<string, number>): void {
  enterPhase(state, progress, 'ended');
  progress.outputs = outputs;
  if (state.stopping) return remember(state, progress, false);
  const body = opensRound(state, progress) ? openRound(progress, outputs['loop']!) : undefined;
  const wasFollowed = sendOn(state, progress, body);
  if (body) {
    if (wasFollowed) remember(state, progress, true);
    return settle(state, body);
  }
  remember(state, progress, wasFollowed);
  release(progress.round, progress.node);
  settle(state, progress.round);
}

/** Ends a visit from which nothing goes on. */
export function abandonVisit(state: RunState, progress: VisitProgress): void {
  enterPhase(state, progress, 'ended');
  if (state.stopping) return;
  release(progress.round, progress.node);
  settle(state, progress.round);
}

/** Starts a run at a node that gets the start items as its input. */
export function startWithInput(state: RunState, index: number, from: { key: StepKey; count: number }): void {
  const node = state.plan.nodes[index]!;
  const toPort = node.loop?.entryPort ?? node.inputs[0] ?? 'main';
  const start: OrderedArrival = {
    edge: -1,
    path: extendPath(undefined, -1),
    arrival: { step: from.key, port: inputPort, count: from.count },
  };
  arrive(state, state.root, { index: -1, from: -1, fromPort: inputPort, to: index, toPort, entersLoop: true }, start);
  settle(state, state.root);
}

function opensRound(state: RunState, progress: VisitProgress): boolean {
  return progress.loop !== undefined && (progress.outputs?.['loop'] ?? 0) > 0 && progress.node !== state.stopAt;
}

/** Answers whether any connection carried items out of the node; the rounds of a loop are within it. */
function sendOn(state: RunState, progress: VisitProgress, body: Round | undefined): boolean {
  let wasFollowed = false;
  for (const index of state.plan.nodes[progress.node]!.outgoing) {
    const edge = state.plan.edges[index]!;
    const count = progress.outputs?.[edge.fromPort] ?? 0;
    if (!(count > 0) || !mayFollow(state, edge)) continue;
    const isBody = body !== undefined && edge.fromPort === 'loop';
    const arrival = { step: progress.visit.key, port: edge.fromPort, count };
    arrive(state, isBody ? body : progress.round, edge, { edge: index, path: progress.path, arrival });
    wasFollowed ||= !isBody;
  }
  return wasFollowed;
}

function mayFollow(state: RunState, edge: PlanEdge): boolean {
  return state.allowed === undefined || (edge.from !== state.stopAt && state.allowed.has(edge.to));
}

function arrive(state: RunState, round: Round, edge: PlanEdge, from: OrderedArrival): void {
  const target = state.plan.nodes[edge.to]!;
  if (target.role === 'merge') return arriveAtMerge(state, round, edge, from);
  if (target.role !== 'loop') return visitPlainly(state, round, edge, from);
  const open = edge.toPort === 'next' ? loopAround(round, target.index) : undefined;
  if (open) open.arriving.push(from);
  else if (edge.toPort !== 'next' || edge.entersLoop) enterLoop(state, round, edge, from);
}

function visitPlainly(state: RunState, round: Round, edge: PlanEdge, from: OrderedArrival): void {
  const target = state.plan.nodes[edge.to]!;
  hold(round, target.index);
  openVisit(state, {
    key: visitKey(target.id, edge.toPort, from.arrival),
    node: target.index,
    round,
    path: extendPath(from.path, edge.index),
    inputs: [{ port: edge.toPort, arrivals: [from.arrival] }],
  });
}

/** Runs the merges that have waited long enough, and ends the round when nothing is live in it. */
function settle(state: RunState, round: Round): void {
  runEndedMerges(state, round);
  if (round.live.size === 0 && round.loop) endRound(state, round);
}

function remember(state: RunState, progress: VisitProgress, wasFollowed: boolean): void {
  const node = state.nodes[progress.node]!;
  const visit = { key: progress.visit.key, path: progress.path };
  if (isLater(visit, node.latest)) node.latest = visit;
  if (wasFollowed) node.wasFollowed = true;
  else if (isLater(visit, node.latestUnfollowed)) node.latestUnfollowed = visit;
}

function isLater(visit: { path: StepPath }, than: { path: StepPath } | undefined): boolean {
  return than === undefined || comparePaths(visit.path, than.path) > 0;
}
