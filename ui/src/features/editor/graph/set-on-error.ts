import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { outputPorts } from '../../../shared/steps/ports.js';
import { connectionKey, disconnect } from './connect.js';

/** Sets what happens when a step fails. An error output that is gone takes its connections along: nobody could see them. */
export function setOnError(
  document: WorkflowDocument,
  node: WorkflowNode,
  descriptor: NodeDescriptor | undefined,
  onError: WorkflowNode['onError'],
): void {
  const before = outputPorts(node, descriptor);
  node.onError = onError;
  const kept = new Set(outputPorts(node, descriptor).map(({ name }) => name));
  const gone = new Set(before.map(({ name }) => name).filter((name) => !kept.has(name)));
  const lost = document.connections.filter(({ from }) => from.node === node.id && gone.has(from.port));
  if (lost.length > 0) disconnect(document, new Set(lost.map(connectionKey)));
}
