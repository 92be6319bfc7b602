import { graphlib, layout } from '@dagrejs/dagre';

export interface LayoutRequest {
  nodes: { id: string; width: number; height: number; position: [number, number] }[];
  /** From which step to which, and the place of the way out among those of its step. */
  edges: [from: string, to: string, place: number][];
}

export type LayoutReply = Record<string, [number, number]>;

/** Places steps in columns from left to right; the upper left corner of the whole stays where it was. */
export function layOut({ nodes, edges }: LayoutRequest): LayoutReply {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 96 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes.toSorted((a, b) => a.position[1] - b.position[1])) {
    graph.setNode(node.id, { width: node.width, height: node.height });
  }
  // What comes last lies on top: lines leave a card without crossing each other.
  for (const [from, to] of edges.toSorted(([, , one], [, , other]) => other - one)) graph.setEdge(from, to);
  layout(graph);
  const corners = nodes.map((node) => {
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    return { id: node.id, left: x - node.width / 2, top: y - node.height / 2 };
  });
  const dx = Math.min(...nodes.map((node) => node.position[0])) - Math.min(...corners.map(({ left }) => left));
  const dy = Math.min(...nodes.map((node) => node.position[1])) - Math.min(...corners.map(({ top }) => top));
  const snap = (value: number) => Math.round(value / 8) * 8;
  return Object.fromEntries(corners.map(({ id, left, top }) => [id, [snap(left + dx), snap(top + dy)]]));
}
