import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { newId } from '../hooks/new-id.js';
import { t } from '../i18n/i18n.js';
import type { N8nImport } from './read-n8n.js';

/** A workflow of its own, made of what came from n8n. */
export function n8nDocument({ name, clip }: N8nImport): WorkflowDocumentInput {
  const ids = new Map(clip.nodes.map(({ id }) => [id, newId()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  return {
    ...clip,
    name: name ?? t('document.imported'),
    nodes: clip.nodes.map((node) => ({ ...node, id: idOf(node.id) })),
    connections: clip.connections.map(({ from, to }) => ({
      from: { ...from, node: idOf(from.node) },
      to: { ...to, node: idOf(to.node) },
    })),
    ...(clip.notes ? { notes: clip.notes.map((note) => ({ ...note, id: newId() })) } : {}),
  };
}
