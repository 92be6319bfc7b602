import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { connect } from './connect.js';
import { ungroupSteps } from './groups.js';

/** Removes steps with their connections and whatever points at them. */
export function removeNodes(document: WorkflowDocument, ids: ReadonlySet<string>): void {
  document.nodes = document.nodes.filter((node) => !ids.has(node.id));
  document.connections = document.connections.filter(({ from, to }) => !ids.has(from.node) && !ids.has(to.node));
  for (const node of document.nodes) {
    if (node.compensateWith !== undefined && ids.has(node.compensateWith)) delete node.compensateWith;
  }
  ungroupSteps(document, ids);
}

/** Removes steps; what came before one with a single way in and out is joined to what came after it. */
export function removeAndReconnect(document: WorkflowDocument, ids: ReadonlySet<string>): void {
  for (const id of ids) {
    const before = document.connections.filter(({ to }) => to.node === id);
    const after = document.connections.filter(({ from }) => from.node === id);
    const [entry] = before;
    const [exit] = after;
    removeNodes(document, new Set([id]));
    if (entry && exit && before.length === 1 && after.length === 1) {
      connect(document, { from: { ...entry.from }, to: { ...exit.to } });
    }
  }
}
