import { isObject, type RawDocument } from './canonical-text.js';
import { valueChanges, type FieldChange } from './value-changes.js';

/** One end of a connection, by the name of its node. */
interface NamedEnd {
  node: string;
  port: string;
}

/** One difference between two documents, seen from the first. */
export type DocumentChange =
  | { kind: 'document.changed'; fields: FieldChange[] }
  | { kind: 'node.added' | 'node.removed'; id: string; name: string; type: string; node: RawDocument }
  | { kind: 'node.changed'; id: string; name: string; fields: FieldChange[] }
  | { kind: 'nodes.reordered'; order: string[] }
  | { kind: 'connection.added' | 'connection.removed'; from: NamedEnd; to: NamedEnd };

/**
 * What became of a document, node by node: a node is the same as long as its id is. The order in which fields are
 * written does not count, that of nodes does (the result of a run is that of the last node).
 */
export function diffDocuments(before: RawDocument, after: RawDocument): DocumentChange[] {
  return [
    ...documentChange(before, after),
    ...nodeChanges(nodesOf(before), nodesOf(after)),
    ...connectionChanges(before, after),
  ];
}

/** Everything but nodes and connections. */
function documentChange(before: RawDocument, after: RawDocument): DocumentChange[] {
  const fields = valueChanges(withoutGraph(before), withoutGraph(after));
  return fields.length === 0 ? [] : [{ kind: 'document.changed', fields }];
}

function withoutGraph(document: RawDocument): RawDocument {
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== 'nodes' && name !== 'connections'));
}

function nodeChanges(before: Map<string, RawDocument>, after: Map<string, RawDocument>): DocumentChange[] {
  const removed = [...before].filter(([id]) => !after.has(id));
  const added = [...after].filter(([id]) => !before.has(id));
  const kept = [...after.keys()].filter((id) => before.has(id));
  const changed = kept.flatMap((id): DocumentChange[] => {
    const node = after.get(id)!;
    const fields = valueChanges(before.get(id), node);
    return fields.length === 0 ? [] : [{ kind: 'node.changed', id, name: nameOf(node, id), fields }];
  });
  const wasOrder = [...before.keys()].filter((id) => after.has(id));
  const isReordered = wasOrder.some((id, index) => id !== kept[index]);
  return [
    ...removed.map(([id, node]) => whole('node.removed', id, node)),
    ...added.map(([id, node]) => whole('node.added', id, node)),
    ...changed,
    ...(isReordered ? [{ kind: 'nodes.reordered' as const, order: kept.map((id) => nameOf(after.get(id)!, id)) }] : []),
  ];
}

function whole(kind: 'node.added' | 'node.removed', id: string, node: RawDocument): DocumentChange {
  return { kind, id, name: nameOf(node, id), type: String(node['type']), node };
}

function connectionChanges(before: RawDocument, after: RawDocument): DocumentChange[] {
  const [was, is] = [connectionsOf(before), connectionsOf(after)];
  const names = new Map([...nodesOf(before), ...nodesOf(after)].map(([id, node]) => [id, nameOf(node, id)]));
  const told = (kind: 'connection.added' | 'connection.removed', key: string): DocumentChange => {
    const [from, fromPort, to, toPort] = JSON.parse(key) as [string, string, string, string];
    const end = (node: string, port: string) => ({ node: names.get(node) ?? node, port });
    return { kind, from: end(from, fromPort), to: end(to, toPort) };
  };
  return [
    ...[...was].filter((key) => !is.has(key)).map((key) => told('connection.removed', key)),
    ...[...is].filter((key) => !was.has(key)).map((key) => told('connection.added', key)),
  ];
}

function nodesOf({ nodes }: RawDocument): Map<string, RawDocument> {
  const list = Array.isArray(nodes) ? nodes.filter(isObject) : [];
  return new Map(list.map((node) => [String(node['id']), node]));
}

function connectionsOf({ connections }: RawDocument): Set<string> {
  const list = Array.isArray(connections) ? connections.filter(isObject) : [];
  const end = (value: unknown) => {
    const { node, port = 'main' } = isObject(value) ? value : {};
    return [String(node), String(port)];
  };
  return new Set(list.map(({ from, to }) => JSON.stringify([...end(from), ...end(to)])));
}

function nameOf(node: RawDocument, id: string): string {
  return typeof node['name'] === 'string' ? node['name'] : id;
}
