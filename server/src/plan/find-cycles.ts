import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** What is needed of a document to look for cycles, so that drafts can be checked too. */
export interface CycleGraph {
  nodes: readonly Pick<WorkflowDocument['nodes'][number], 'id' | 'type'>[];
  connections: readonly WorkflowDocument['connections'][number][];
}

/**
 * The knots of a graph: groups of node ids in which every node can reach every other without entering a `core.loop` by
 * its port `next`. A document with a knot would run for ever. Groups and their ids come in document order;
 * connections of unknown nodes are left out.
 */
export function findCycles(graph: CycleGraph): string[][] {
  const indexById = new Map(graph.nodes.map((node, index) => [node.id, index]));
  const targets: number[][] = graph.nodes.map(() => []);
  for (const { from, to } of graph.connections) {
    const source = indexById.get(from.node);
    const target = indexById.get(to.node);
    if (source === undefined || target === undefined) continue;
    if (to.port === 'next' && graph.nodes[target]?.type === 'core.loop') continue;
    targets[source]?.push(target);
  }
  return strongComponents(targets)
    .filter((group) => group.length > 1 || targets[group[0]!]?.includes(group[0]!))
    .map((group) => group.sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!)
    .map((group) => group.map((index) => graph.nodes[index]!.id));
}

/** Tarjan's algorithm with its own stack, so that a long chain of nodes cannot overflow the call stack. */
function strongComponents(targets: readonly (readonly number[])[]): number[][] {
  const order = new Int32Array(targets.length).fill(-1);
  const low = new Int32Array(targets.length);
  const onStack = new Uint8Array(targets.length);
  const stack: number[] = [];
  const components: number[][] = [];
  let counter = 0;

  const enter = (node: number): { node: number; next: number } => {
    order[node] = low[node] = counter++;
    stack.push(node);
    onStack[node] = 1;
    return { node, next: 0 };
  };
  const leave = (node: number): void => {
    if (low[node] !== order[node]) return;
    const component = stack.splice(stack.lastIndexOf(node));
    for (const member of component) onStack[member] = 0;
    components.push(component);
  };

  for (let root = 0; root < targets.length; root++) {
    if (order[root] !== -1) continue;
    const frames = [enter(root)];
    while (frames.length > 0) {
      const frame = frames.at(-1)!;
      const target = targets[frame.node]![frame.next++];
      if (target === undefined) {
        frames.pop();
        leave(frame.node);
        const parent = frames.at(-1);
        if (parent) low[parent.node] = Math.min(low[parent.node]!, low[frame.node]!);
      } else if (order[target] === -1) {
        frames.push(enter(target));
      } else if (onStack[target]) {
        low[frame.node] = Math.min(low[frame.node]!, order[target]!);
      }
    }
  }
  return components;
}
