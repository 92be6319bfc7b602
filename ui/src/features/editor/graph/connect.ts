import type { Connection, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { t } from '../../../shared/i18n/i18n.js';

/** Names a connection; two of the same ends are the same connection. */
export function connectionKey({ from, to }: Connection): string {
  return JSON.stringify([from.node, from.port, to.node, to.port]);
}

/** Why these ends must not be joined, or `undefined` where they may. */
export function refusalOf(document: WorkflowDocument, catalog: NodeCatalog, wanted: Connection): string | undefined {
  const target = document.nodes.find((node) => node.id === wanted.to.node);
  const source = document.nodes.find((node) => node.id === wanted.from.node);
  if (!source || !target) return t('editor.connect.missing');
  if (source.id === target.id && !catalog.isLoop(source.type)) return t('editor.connect.self');
  if (catalog.isTrigger(target.type)) return t('editor.connect.trigger');
  if (closesPlainCycle(document, catalog, wanted)) return t('editor.connect.circle');
  return undefined;
}

/** Adds the connection unless it is there. */
export function connect(document: WorkflowDocument, wanted: Connection): void {
  const key = connectionKey(wanted);
  if (!document.connections.some((connection) => connectionKey(connection) === key)) document.connections.push(wanted);
}

export function disconnect(document: WorkflowDocument, keys: ReadonlySet<string>): void {
  document.connections = document.connections.filter((connection) => !keys.has(connectionKey(connection)));
}

function closesPlainCycle(document: WorkflowDocument, catalog: NodeCatalog, wanted: Connection): boolean {
  const typeOf = new Map(document.nodes.map((node) => [node.id, node.type]));
  const passesLoop = (id: string) => catalog.isLoop(typeOf.get(id) ?? '');
  if (passesLoop(wanted.from.node) || passesLoop(wanted.to.node)) return false;
  const seen = new Set<string>();
  const open = [wanted.to.node];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === wanted.from.node) return true;
    if (seen.has(id) || passesLoop(id)) continue;
    seen.add(id);
    for (const { from, to } of document.connections) if (from.node === id) open.push(to.node);
  }
  return false;
}
