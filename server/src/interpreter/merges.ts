import type { PlanEdge, PlanNode } from '../plan/plan.types.js';
import { nodesThatReach } from '../plan/reach.js';
import type { OrderedArrival, Round, RunState } from './run-state.js';
import type { StepVisit } from './run-events.types.js';
import { mergeKey } from './step-keys.js';
import { comparePaths, extendPath } from './step-path.js';
import { hold, openVisit } from './visits.js';

/**
 * Takes an arrival at a merge. It waits for the others, unless the merge takes the first and drops the rest.
 * What comes after a merge has run is dropped.
 */
export function arriveAtMerge(state: RunState, round: Round, edge: PlanEdge, arrival: OrderedArrival): void {
  const node = state.plan.nodes[edge.to]!;
  if (round.merged.has(node.index)) return;
  const ports = round.merges.get(node.index) ?? new Map<string, OrderedArrival[]>();
  round.merges.set(node.index, ports);
  const arrived = ports.get(edge.toPort) ?? [];
  ports.set(edge.toPort, arrived);
  arrived.push(arrival);
  if (node.mergeMode === 'first') runMerge(state, round, node);
}

/** Runs the merges of a round whose inputs have all ended. */
export function runEndedMerges(state: RunState, round: Round): void {
  if (round.merges.size === 0) return;
  const waiting = [...round.merges.keys()].sort((a, b) => a - b);
  const ended = waiting.filter((merge) => hasEnded(state, round, merge));
  // Merges that wait for each other can only stand in a document with a knot, which is refused: still, end.
  const ready = ended.length === 0 && round.live.size === 0 ? waiting.slice(0, 1) : ended;
  for (const merge of ready) runMerge(state, round, state.plan.nodes[merge]!);
}

function hasEnded(state: RunState, round: Round, merge: number): boolean {
  const reaches = nodesThatReach(state.plan, merge, round.loops);
  for (const node of round.live.keys()) if (reaches[node]) return false;
  for (const other of round.merges.keys()) if (reaches[other]) return false;
  return true;
}

function runMerge(state: RunState, round: Round, node: PlanNode): void {
  const arrivals = round.merges.get(node.index) ?? new Map<string, OrderedArrival[]>();
  round.merges.delete(node.index);
  round.merged.add(node.index);
  hold(round, node.index);
  openVisit(state, {
    key: mergeKey(node.id, round.key),
    node: node.index,
    round,
    path: extendPath(round.path, state.plan.edges.length + node.index),
    inputs: inputsOf(node, arrivals),
  });
}

/** All inputs in the order of the ports, dead ones empty. */
function inputsOf(node: PlanNode, arrivals: Map<string, OrderedArrival[]>): StepVisit['inputs'] {
  const ports = [...new Set([...node.inputs, ...[...arrivals.keys()].sort()])];
  return ports.map((port) => ({ port, arrivals: inOrder(arrivals.get(port) ?? []) }));
}

/** Arrivals by connection as the document lists them, then by path; never by time. */
export function inOrder(arrivals: OrderedArrival[]): OrderedArrival['arrival'][] {
  return [...arrivals]
    .sort((a, b) => a.edge - b.edge || comparePaths(a.path, b.path))
    .map((ordered) => ordered.arrival);
}
