import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { t } from '../../../shared/i18n/i18n.js';

export interface Finding {
  /** The step or note it is in. */
  nodeId?: string;
  noteId?: string;
  /** Name of the step, or "Note". */
  title: string;
  /** Path of the field, for example `parameters.url`; absent for names. */
  field?: string;
  /** The text around what was found. */
  text: string;
}

const around = 32;
const most = 200;

/** Every place of a workflow that holds this text: names, kinds, values, expressions, notes. */
export function findInWorkflow(document: WorkflowDocument, catalog: NodeCatalog, wanted: string): Finding[] {
  const needle = wanted.trim().toLowerCase();
  if (needle === '') return [];
  const found: Finding[] = [];
  for (const node of document.nodes) {
    const add = (text: string, field?: string) => {
      const cut = excerpt(text, needle);
      if (cut !== undefined) found.push({ nodeId: node.id, title: node.name, text: cut, ...(field ? { field } : {}) });
    };
    add(node.name);
    const descriptor = catalog.find(node.type);
    if (descriptor && !node.name.includes(descriptor.label)) add(descriptor.label);
    if (node.notes) add(node.notes, 'notes');
    for (const [name, value] of Object.entries(node.parameters)) {
      for (const text of textsOf(value)) add(text, `parameters.${name}`);
    }
  }
  for (const note of document.notes ?? []) {
    const cut = excerpt(note.text, needle);
    if (cut !== undefined) found.push({ noteId: note.id, title: t('editor.note.one'), text: cut });
  }
  return found.slice(0, most);
}

function textsOf(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

function excerpt(text: string, needle: string): string | undefined {
  const at = text.toLowerCase().indexOf(needle);
  if (at === -1) return undefined;
  const from = Math.max(0, at - around);
  const to = Math.min(text.length, at + needle.length + around);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).replace(/\s+/g, ' ')}${to < text.length ? '…' : ''}`;
}
