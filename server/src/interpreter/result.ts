import type { StepKey } from './run-events.types.js';
import type { NodeProgress, RunState } from './run-state.js';

/**
 * The visit whose items are the result of the run.
 *
 * A node is *final* when it was visited with success and none of its visits sent items on over a connection (what a loop
 * sends into its rounds does not count, they are part of it). Of the final nodes the one latest in the node list of the
 * document is taken, and of its visits the last by path: the connections and rounds that led to them, in document
 * order, whatever finished first. Where no node is final, for example because each sent on some of its items, the same is
 * asked of the visits that sent nothing on. A node the run was to stop at is the result as soon as it was visited.
 */
export function resultOf(state: RunState): { step: StepKey; nodeId: string } | undefined {
  const stopped = state.stopAt === undefined ? undefined : state.nodes[state.stopAt]?.latest;
  if (stopped) return { step: stopped.key, nodeId: state.plan.nodes[state.stopAt!]!.id };
  return (
    lastNode(state, (node) => (node.wasFollowed ? undefined : node.latestUnfollowed)) ??
    lastNode(state, (node) => node.latestUnfollowed)
  );
}

function lastNode(
  state: RunState,
  pick: (node: NodeProgress) => NodeProgress['latest'],
): { step: StepKey; nodeId: string } | undefined {
  for (let index = state.nodes.length - 1; index >= 0; index--) {
    const visit = pick(state.nodes[index]!);
    if (visit) return { step: visit.key, nodeId: state.plan.nodes[index]!.id };
  }
  return undefined;
}
