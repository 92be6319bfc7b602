import type { CompiledPlan, PlanEdge } from './plan.types.js';

const cache = new WeakMap<CompiledPlan, Map<string, Uint8Array>>();

/**
 * For each node whether something at it can still arrive at `target` within one and the same loop round (or outside of
 * all loops). `rounds` are the loops whose rounds are open there, outermost first: their `next` leads out of the round,
 * and what a loop sends by `loop` goes on in a round of its own.
 */
export function nodesThatReach(plan: CompiledPlan, target: number, rounds: readonly number[]): Uint8Array {
  const known = cache.get(plan) ?? new Map<string, Uint8Array>();
  cache.set(plan, known);
  const name = `${target}:${rounds.join()}`;
  const found = known.get(name) ?? searchBackwards(plan, target, rounds);
  known.set(name, found);
  return found;
}

function searchBackwards(plan: CompiledPlan, target: number, rounds: readonly number[]): Uint8Array {
  const found = new Uint8Array(plan.nodes.length);
  const todo = [target];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    for (const index of plan.nodes[node]!.incoming) {
      const edge = plan.edges[index]!;
      if (found[edge.from] || !staysInRound(plan, edge, rounds)) continue;
      found[edge.from] = 1;
      todo.push(edge.from);
    }
  }
  return found;
}

function staysInRound(plan: CompiledPlan, edge: PlanEdge, rounds: readonly number[]): boolean {
  if (plan.nodes[edge.from]!.role === 'loop' && edge.fromPort === 'loop') return false;
  if (plan.nodes[edge.to]!.role === 'loop' && edge.toPort === 'next')
    return edge.entersLoop && !rounds.includes(edge.to);
  return true;
}

/** Indexes of `target` and of every node from which it can be reached over any connection. */
export function withAncestors(plan: CompiledPlan, target: number): Set<number> {
  const found = new Set([target]);
  for (const node of found) for (const edge of plan.nodes[node]!.incoming) found.add(plan.edges[edge]!.from);
  return found;
}
