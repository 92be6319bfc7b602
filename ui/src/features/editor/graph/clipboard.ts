import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { freePosition } from './geometry.js';
import type { Point } from './geometry.js';
import type { Note } from './notes.js';
import { renameReferences } from './rename-node.js';
import { uniqueName } from './unique-name.js';

/** What copying puts on the clipboard, as plain JSON text: a part of a document. */
export interface Clip {
  wfaib: 1;
  nodes: WorkflowNode[];
  connections: Connection[];
  notes?: Note[];
}

export function clipOf(
  document: WorkflowDocument,
  ids: ReadonlySet<string>,
  noteIds: ReadonlySet<string> = new Set(),
): Clip {
  const notes = (document.notes ?? []).filter(({ id }) => noteIds.has(id));
  return {
    wfaib: 1,
    nodes: document.nodes.filter((node) => ids.has(node.id)),
    connections: document.connections.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

/** The clip in a text, or `undefined` where it holds something else. A whole document is a clip too. */
export function readClip(text: string): Clip | undefined {
  try {
    const value = JSON.parse(text) as Partial<Clip> | null;
    if (value?.wfaib !== 1 || !Array.isArray(value.nodes)) return undefined;
    const connections = (value.connections ?? []).map(({ from, to }) => ({
      from: { node: from.node, port: from.port ?? 'main' },
      to: { node: to.node, port: to.port ?? 'main' },
    }));
    return { wfaib: 1, nodes: value.nodes, connections, ...(value.notes ? { notes: value.notes } : {}) };
  } catch {
    return undefined;
  }
}

interface PasteOptions {
  /** Where the upper left corner goes; without it, a little below and right of the originals. */
  at?: Point;
  newId(): string;
  /** Credentials of other installations are dropped. */
  knownCredentials?: ReadonlySet<string>;
}

/** Adds the steps of a clip under new ids and free names; answers the new ids. */
export function paste(document: WorkflowDocument, clip: Clip, options: PasteOptions): string[] {
  const names = new Set(document.nodes.map((node) => node.name));
  const ids = new Map<string, string>();
  const renames = new Map<string, string>();
  for (const node of clip.nodes) {
    const name = uniqueName(node.name, names);
    names.add(name);
    renames.set(node.name, name);
    ids.set(node.id, options.newId());
  }
  const shift = shiftFor(document, clip, options.at);
  const here = new Set(document.nodes.map(({ id }) => id));
  for (const node of clip.nodes) {
    const copy = pasted(node, ids, renames, shift, options.knownCredentials);
    // What undoes it stays behind in another workflow.
    if (copy.compensateWith !== undefined && !ids.has(node.compensateWith ?? '') && !here.has(copy.compensateWith)) {
      delete copy.compensateWith;
    }
    document.nodes.push(copy);
  }
  for (const { from, to } of clip.connections) {
    const fromId = ids.get(from.node);
    const toId = ids.get(to.node);
    if (fromId && toId) {
      document.connections.push({ from: { node: fromId, port: from.port }, to: { node: toId, port: to.port } });
    }
  }
  const notes = (clip.notes ?? []).map(({ position: [x, y] = [0, 0], ...note }): Note => ({
    ...note,
    id: options.newId(),
    position: [x + shift[0], y + shift[1]],
  }));
  if (notes.length > 0) document.notes = [...(document.notes ?? []), ...notes];
  return [...ids.values()];
}

function pasted(
  node: WorkflowNode,
  ids: ReadonlyMap<string, string>,
  renames: ReadonlyMap<string, string>,
  [dx, dy]: Point,
  known: ReadonlySet<string> | undefined,
): WorkflowNode {
  const [x, y] = node.position ?? [0, 0];
  const copy: WorkflowNode = {
    ...node,
    id: ids.get(node.id) ?? node.id,
    name: renames.get(node.name) ?? node.name,
    position: [x + dx, y + dy],
    parameters: renameReferences(node.parameters ?? {}, renames) as Record<string, unknown>,
    onError: node.onError ?? 'stop',
  };
  delete copy.pinned;
  const undoneBy = copy.compensateWith && ids.get(copy.compensateWith);
  if (undoneBy) copy.compensateWith = undoneBy;
  if (copy.credentials && known) {
    copy.credentials = Object.fromEntries(Object.entries(copy.credentials).filter(([, id]) => known.has(id)));
  }
  return copy;
}

function shiftFor(document: WorkflowDocument, clip: Clip, at: Point | undefined): [number, number] {
  const all = [...clip.nodes, ...(clip.notes ?? [])];
  const xs = all.map(({ position }) => position?.[0] ?? 0);
  const ys = all.map(({ position }) => position?.[1] ?? 0);
  const corner: Point = [Math.min(...xs), Math.min(...ys)];
  const wanted: Point = at ?? [corner[0] + 32, corner[1] + 96];
  const [x, y] = freePosition(
    wanted,
    document.nodes.map((node): Point => node.position ?? [0, 0]),
  );
  return [x - corner[0], y - corner[1]];
}
