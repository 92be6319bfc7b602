import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { NodeTotals } from '../../../api/types.js';

/** A row of the step tree: a node, or a loop with the nodes of its body under it. */
export interface TreeRow {
  nodeId: string;
  name: string;
  type: string;
  depth: number;
  /** Absent: the run did not reach it. */
  totals: NodeTotals | undefined;
  /** Items that failed one by one and left by the error output, over all visits. */
  failedItems: number;
  isLoop: boolean;
  /** Ids of the nodes it goes round over. */
  body: string[];
  /** The innermost loop around it. */
  parent: string | undefined;
}

/** The nodes in the order in which they first ran, each loop followed by its body; then what was not reached. */
export function stepTree(document: WorkflowDocument | undefined, nodes: readonly NodeTotals[]): TreeRow[] {
  const bodies = bodiesOf(document);
  const parents = parentsOf(bodies);
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const withErrorOutput = new Set(
    document?.nodes.filter(({ onError }) => onError === 'errorOutput').map(({ id }) => id),
  );
  const unreached = (document?.nodes ?? []).filter(({ id }) => !known.has(id));
  const all = [...nodes, ...unreached.map(({ id, name, type }) => ({ nodeId: id, name, type }))];
  const rows: TreeRow[] = [];
  const add = (parent: string | undefined, depth: number): void => {
    for (const { nodeId, name, type } of all) {
      if (parents.get(nodeId) !== parent) continue;
      const body = bodies.get(nodeId) ?? [];
      const totals = known.get(nodeId);
      const failedItems = withErrorOutput.has(nodeId) ? (totals?.itemCounts.error ?? 0) : 0;
      rows.push({ nodeId, name, type, depth, totals, failedItems, isLoop: bodies.has(nodeId), body, parent });
      if (body.length > 0) add(nodeId, depth + 1);
    }
  };
  add(undefined, 0);
  return rows;
}

/** Of each loop, the nodes that its port `loop` leads to before it comes back to it. */
function bodiesOf(document: WorkflowDocument | undefined): Map<string, string[]> {
  const bodies = new Map<string, string[]>();
  for (const { id, type } of document?.nodes ?? []) {
    if (type !== 'core.loop') continue;
    const found = new Set<string>();
    const queue = (document?.connections ?? []).filter(({ from }) => from.node === id && from.port === 'loop');
    for (let next = queue.pop(); next; next = queue.pop()) {
      const node = next.to.node;
      if (node === id || found.has(node)) continue;
      found.add(node);
      queue.push(...(document?.connections ?? []).filter(({ from }) => from.node === node));
    }
    bodies.set(id, [...found]);
  }
  return bodies;
}

/** The loop with the smallest body that holds a node is the innermost around it. */
function parentsOf(bodies: ReadonlyMap<string, string[]>): Map<string, string> {
  const parents = new Map<string, string>();
  for (const [loop, body] of [...bodies].sort(([, one], [, other]) => other.length - one.length))
    for (const node of body) if (node !== loop) parents.set(node, loop);
  return parents;
}

/** Rows of steps that failed, whole or for some items, were handled or tried again, with the loops around them. */
export function troubledRows(tree: readonly TreeRow[]): TreeRow[] {
  const isTroubled = ({ totals, failedItems }: TreeRow) =>
    totals !== undefined &&
    ((totals.statuses.failed ?? 0) > 0 || totals.handled > 0 || totals.retried > 0 || failedItems > 0);
  const kept = new Set(tree.filter(isTroubled).map(({ nodeId }) => nodeId));
  // From the inside to the outside: a loop stands before its body.
  for (const { nodeId, parent } of tree.toReversed()) if (kept.has(nodeId) && parent !== undefined) kept.add(parent);
  return tree.filter(({ nodeId }) => kept.has(nodeId));
}
