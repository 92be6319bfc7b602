import type { WorkflowDocument, WorkflowDocumentInput, WorkflowNode } from '@wfaib/sdk/workflow-document';

/** Fills in what a document may leave out, so that the editor need not ask. Positions are laid out in a row. */
export function normaliseDocument(input: WorkflowDocumentInput | WorkflowDocument): WorkflowDocument {
  return {
    ...input,
    wfaib: 1,
    nodes: input.nodes.map(normaliseNode),
    connections: (input.connections ?? []).map(({ from, to }) => ({
      from: { node: from.node, port: from.port ?? 'main' },
      to: { node: to.node, port: to.port ?? 'main' },
    })),
    settings: { timezone: 'UTC', durability: 'auto', branches: 'parallel', saveData: 'all', ...input.settings },
  } as WorkflowDocument;
}

function normaliseNode(node: WorkflowDocumentInput['nodes'][number], index: number): WorkflowNode {
  return {
    ...node,
    position: node.position ?? [index * 280, 0],
    parameters: node.parameters ?? {},
    onError: node.onError ?? 'stop',
  } as WorkflowNode;
}
