import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The step one comes to from `id`: before, after, or beside it in the same column of the graph. */
export function neighbourOf(document: WorkflowDocument, id: string, direction: Direction): string | undefined {
  const y = (nodeId: string) => document.nodes.find((node) => node.id === nodeId)?.position?.[1] ?? 0;
  const nearest = (ids: string[]) => ids.toSorted((a, b) => Math.abs(y(a) - y(id)) - Math.abs(y(b) - y(id)))[0];
  if (direction === 'left') return nearest(predecessorsOf(document, id));
  if (direction === 'right') return nearest(successorsOf(document, id));
  const siblings = siblingsOf(document, id).toSorted((a, b) => y(a) - y(b));
  const above = siblings.filter((sibling) => y(sibling) < y(id)).at(-1);
  const below = siblings.find((sibling) => y(sibling) > y(id));
  return direction === 'up' ? above : below;
}

export function predecessorsOf(document: WorkflowDocument, id: string): string[] {
  return document.connections.filter(({ to }) => to.node === id).map(({ from }) => from.node);
}

export function successorsOf(document: WorkflowDocument, id: string): string[] {
  return document.connections.filter(({ from }) => from.node === id).map(({ to }) => to.node);
}

/** Steps that can be reached backwards, nearest first. */
export function upstreamOf(document: WorkflowDocument, id: string): string[] {
  const found: string[] = [];
  let layer = predecessorsOf(document, id);
  while (layer.length > 0) {
    const fresh = [...new Set(layer)].filter((candidate) => candidate !== id && !found.includes(candidate));
    found.push(...fresh);
    layer = fresh.flatMap((candidate) => predecessorsOf(document, candidate));
  }
  return found;
}

function siblingsOf(document: WorkflowDocument, id: string): string[] {
  const before = predecessorsOf(document, id);
  const beside = before.flatMap((parent) => successorsOf(document, parent)).filter((sibling) => sibling !== id);
  if (beside.length > 0) return [...new Set(beside)];
  const x = (nodeId: string) => document.nodes.find((node) => node.id === nodeId)?.position?.[0] ?? 0;
  return document.nodes.filter((node) => node.id !== id && Math.abs(x(node.id) - x(id)) < 104).map((node) => node.id);
}
