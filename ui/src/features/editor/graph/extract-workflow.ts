import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { columnStep } from './geometry.js';
import { removeNodes } from './remove-nodes.js';
import { uniqueName } from './unique-name.js';
import { t } from '../../../shared/i18n/i18n.js';

/** What a selection becomes: a workflow of its own, or why it cannot be one. */
export type Extraction = { document: WorkflowDocument; seam: Seam } | { refusal: string };

/** Where the selection was joined to the rest. */
export interface Seam {
  ids: ReadonlySet<string>;
  entries: Connection[];
  exits: Connection[];
  position: [number, number];
}

/** Makes a workflow of some steps: called by the rest, it gets what came in and gives back what goes out. */
export function extractWorkflow(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
  name: string,
  isTrigger: (type: string) => boolean,
): Extraction {
  const nodes = document.nodes.filter(({ id }) => ids.has(id));
  const entries = document.connections.filter(({ from, to }) => !ids.has(from.node) && ids.has(to.node));
  const exits = document.connections.filter(({ from, to }) => ids.has(from.node) && !ids.has(to.node));
  const refusal = refusalOf(document, nodes, { entries, exits }, isTrigger);
  if (refusal !== undefined) return { refusal };
  const position = cornerOf(nodes);
  const trigger = calledTrigger(nodes, position);
  const [entry] = entries;
  const first = entry ? entry.to : firstOf(document, nodes, ids);
  const inner = document.connections.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node));
  const result = resultStep(nodes, exits[0], position);
  const start = first ? [{ from: { node: trigger.id, port: 'main' }, to: { ...first } }] : [];
  return {
    document: {
      wfaib: 1,
      name,
      nodes: [trigger, ...nodes.map((node) => ({ ...node })), ...result.nodes],
      connections: [...start, ...inner, ...result.connections],
      settings: { ...document.settings, durability: 'auto' },
    },
    seam: { ids, entries, exits, position },
  };
}

/** Puts a step that calls the new workflow where its steps were. */
export function replaceByCall(document: WorkflowDocument, seam: Seam, call: { id: string; workflowId: string }): void {
  const name = uniqueName(t('editor.extract.call'), new Set(document.nodes.map((node) => node.name)));
  removeNodes(document, seam.ids);
  const { id, workflowId } = call;
  const parameters = { workflowId };
  document.nodes.push({ id, name, type: 'core.call', position: seam.position, parameters, onError: 'stop' });
  for (const { from } of seam.entries) document.connections.push({ from: { ...from }, to: { node: id, port: 'main' } });
  for (const { to } of seam.exits) document.connections.push({ from: { node: id, port: 'main' }, to: { ...to } });
}

function refusalOf(
  document: WorkflowDocument,
  nodes: readonly WorkflowNode[],
  { entries, exits }: { entries: Connection[]; exits: Connection[] },
  isTrigger: (type: string) => boolean,
): string | undefined {
  if (nodes.length === 0) return t('editor.extract.select');
  const trigger = nodes.find(({ type }) => isTrigger(type));
  if (trigger) return t('editor.extract.trigger', { name: trigger.name });
  const ends = (list: Connection['from'][]) => new Set(list.map(({ node, port }) => `${node} ${port}`)).size;
  if (ends(entries.map(({ to }) => to)) > 1) return t('editor.extract.entries');
  if (ends(exits.map(({ from }) => from)) > 1) return t('editor.extract.exits');
  return readsAcross(document, nodes);
}

/** Expressions cannot read steps of another workflow. */
function readsAcross(document: WorkflowDocument, nodes: readonly WorkflowNode[]): string | undefined {
  const inside = new Set(nodes.map(({ id }) => id));
  for (const reader of document.nodes) {
    for (const other of document.nodes) {
      if (inside.has(reader.id) === inside.has(other.id) || !reads(reader, other.name)) continue;
      return t('editor.extract.reads', { reader: reader.name, other: other.name });
    }
  }
  return undefined;
}

function reads({ parameters }: WorkflowNode, name: string): boolean {
  const text = JSON.stringify(parameters).replaceAll('\\"', '"');
  return [`$('${name}')`, `$("${name}")`, `$node["${name}"]`].some((reference) => text.includes(reference));
}

function calledTrigger(nodes: readonly WorkflowNode[], [x, y]: [number, number]): WorkflowNode {
  const free = (taken: Set<string>, wanted: string) => uniqueName(wanted, taken);
  return {
    id: free(new Set(nodes.map(({ id }) => id)), 'called'),
    name: free(new Set(nodes.map(({ name }) => name)), t('editor.extract.called')),
    type: 'core.called',
    position: [x - columnStep, y],
    parameters: {},
    onError: 'stop',
  };
}

/** What goes on is the output of the last step in the document: one that passes on what left the selection. */
function resultStep(nodes: readonly WorkflowNode[], exit: Connection | undefined, [x, y]: [number, number]) {
  if (!exit) return { nodes: [], connections: [] };
  const id = uniqueName('result', new Set(nodes.map((node) => node.id)));
  const name = uniqueName(t('editor.extract.result'), new Set(nodes.map((node) => node.name)));
  const right = Math.max(x, ...nodes.map(({ position }) => position?.[0] ?? 0)) + columnStep;
  const node: WorkflowNode = { id, name, type: 'core.noop', position: [right, y], parameters: {}, onError: 'stop' };
  return { nodes: [node], connections: [{ from: { ...exit.from }, to: { node: id, port: 'main' } }] };
}

function firstOf(document: WorkflowDocument, nodes: readonly WorkflowNode[], ids: ReadonlySet<string>) {
  const first = nodes.find(
    ({ id }) => !document.connections.some(({ from, to }) => to.node === id && ids.has(from.node)),
  );
  return first && { node: first.id, port: 'main' };
}

function cornerOf(nodes: readonly WorkflowNode[]): [number, number] {
  const [first] = nodes.toSorted((one, other) => (one.position?.[0] ?? 0) - (other.position?.[0] ?? 0));
  return [...(first?.position ?? ([0, 0] as const))];
}
