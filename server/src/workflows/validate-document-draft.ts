import { isObject } from '../nodes/field-values.js';

/** As much of a node as can be read, whatever shape it is in. */
export interface DraftNode {
  id: string;
  name: string;
  type: string;
  typeVersion: number | undefined;
  parameters: Record<string, unknown>;
  credentials: Record<string, unknown>;
  disabled: boolean;
  onError: 'stop' | 'continue' | 'errorOutput' | 'pause';
  compensateWith: string | undefined;
}

export interface DraftConnection {
  /** Place in the list of the document. */
  index: number;
  from: { node: string; port: string };
  to: { node: string; port: string };
}

/** What can be read of a document that may be wrong, so that all its problems are found at once. */
export interface Draft {
  nodes: DraftNode[];
  connections: DraftConnection[];
  groups: { id: string; nodes: string[] }[];
}

/** Reads what can be read of a document; what cannot is left out, and the check of its shape tells of it. */
export function readDraft(raw: Record<string, unknown>): Draft {
  return {
    nodes: objectsIn(raw['nodes']).flatMap(([, node]) => readNode(node)),
    connections: objectsIn(raw['connections']).flatMap(([index, each]) => readConnection(index, each)),
    groups: objectsIn(raw['groups']).map(([, group]) => ({
      id: textOf(group['id']) ?? '',
      nodes: textsIn(group['nodes']),
    })),
  };
}

function readNode(node: Record<string, unknown>): DraftNode[] {
  const id = textOf(node['id']);
  const type = textOf(node['type']);
  if (!id || !type) return [];
  const onError = node['onError'];
  return [
    {
      id,
      name: textOf(node['name']) || id,
      type,
      typeVersion: typeof node['typeVersion'] === 'number' ? node['typeVersion'] : undefined,
      parameters: isObject(node['parameters']) ? node['parameters'] : {},
      credentials: isObject(node['credentials']) ? node['credentials'] : {},
      disabled: node['disabled'] === true,
      onError: onError === 'continue' || onError === 'errorOutput' ? onError : 'stop',
      compensateWith: textOf(node['compensateWith']),
    },
  ];
}

function readConnection(index: number, connection: Record<string, unknown>): DraftConnection[] {
  const from = readEnd(connection['from']);
  const to = readEnd(connection['to']);
  return from && to ? [{ index, from, to }] : [];
}

function readEnd(end: unknown): { node: string; port: string } | undefined {
  const node = isObject(end) ? textOf(end['node']) : undefined;
  return node === undefined ? undefined : { node, port: textOf((end as { port?: unknown }).port) ?? 'main' };
}

function objectsIn(list: unknown): [index: number, Record<string, unknown>][] {
  if (!Array.isArray(list)) return [];
  return [...list.entries()].filter((entry): entry is [number, Record<string, unknown>] => isObject(entry[1]));
}

function textsIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
