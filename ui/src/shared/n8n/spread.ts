import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';

/** From one column to the next, so that the connection between two cards can be seen. */
const columnStep = 280;
/** Steps of n8n that are nearer than this, from left edge to left edge, stand above one another. */
const sameColumn = 100;

/** Pulls columns apart: cards here are about twice as wide as those of n8n. Notes grow along. */
export function spread({ nodes, connections, notes = [] }: Pick<WorkflowDocument, 'nodes' | 'connections' | 'notes'>) {
  const left = new Map(nodes.map(({ id, position }) => [id, position?.[0] ?? 0]));
  const gaps = connections
    .map(({ from, to }) => Math.abs((left.get(to.node) ?? 0) - (left.get(from.node) ?? 0)))
    .filter((gap) => gap >= sameColumn);
  const factor = Math.max(1, columnStep / Math.min(...gaps));
  const wider = (x: number) => Math.round(x * factor);
  for (const node of nodes) if (node.position) node.position = [wider(node.position[0]), node.position[1]];
  for (const note of notes) {
    if (note.position) note.position = [wider(note.position[0]), note.position[1]];
    if (note.size) note.size = [wider(note.size[0]), note.size[1]];
  }
}
