import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';

interface LooseNode {
  id?: unknown;
  type?: unknown;
  typeVersion?: unknown;
  parameters?: unknown;
  credentials?: unknown;
}

interface LooseEnd {
  node?: unknown;
  port?: unknown;
}

interface LooseDocument {
  nodes: LooseNode[];
  connections: { from?: LooseEnd; to?: LooseEnd }[];
}

/**
 * Descriptions of the connector nodes of a document, made from the document alone: their plugins are not asked, so that
 * a test needs neither them nor a server. Such a node takes any parameter, and has the ports that its connections use.
 * It counts as a trigger where nothing leads to any node of its type and something leads away.
 */
export function describeStandIns(raw: unknown): NodeDescriptor[] {
  const document = readLoosely(raw);
  const groups = new Map<string, LooseNode[]>();
  for (const node of document.nodes) {
    if (typeof node.type !== 'string' || node.type.startsWith('core.')) continue;
    const key = `${node.type} ${versionOf(node)}`;
    groups.set(key, [...(groups.get(key) ?? []), node]);
  }
  return [...groups.values()].map((nodes) => describe(nodes, document));
}

function describe(nodes: LooseNode[], { connections }: LooseDocument): NodeDescriptor {
  const type = nodes[0]!.type as string;
  const ids = new Set(nodes.map(({ id }) => id));
  const entering = connections.flatMap(({ to }) => (to && ids.has(to.node) ? [portOf(to)] : []));
  const leaving = connections.flatMap(({ from }) => (from && ids.has(from.node) ? [portOf(from)] : []));
  const isTrigger = entering.length === 0 && leaving.length > 0;
  const [id = type, action = type] = type.split('.');
  return {
    type,
    typeVersion: versionOf(nodes[0]!),
    label: type,
    description: 'Stands in for the node of a connector.',
    icon: 'plug',
    category: isTrigger ? 'trigger' : 'service',
    isTrigger,
    inputs: isTrigger ? [] : named(['main', ...entering]),
    outputs: named(['main', ...leaving.filter((port) => port !== 'error')]),
    fields: Object.fromEntries(keysOf(nodes, 'parameters').map((name): [string, Field] => [name, anyField(name)])),
    credentials: keysOf(nodes, 'credentials').map((slot) => ({ slot, label: slot, kinds: [], required: false })),
    work: 'perItem',
    effect: 'write',
    weight: 'heavy',
    connector: { id, version: '0.0.0', action },
  };
}

const anyField = (name: string): Field => ({ kind: 'json', label: name });

function named(ports: string[]): { name: string }[] {
  return [...new Set(ports)].map((name) => ({ name }));
}

function keysOf(nodes: LooseNode[], field: 'parameters' | 'credentials'): string[] {
  return [...new Set(nodes.flatMap((node) => Object.keys((node[field] as object | undefined) ?? {})))];
}

const versionOf = ({ typeVersion }: LooseNode): number => (typeof typeVersion === 'number' ? typeVersion : 1);
const portOf = ({ port }: LooseEnd): string => (typeof port === 'string' ? port : 'main');

function readLoosely(raw: unknown): LooseDocument {
  const { nodes, connections } = (raw ?? {}) as Record<string, unknown>;
  const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
  return {
    nodes: Array.isArray(nodes) ? (nodes.filter(isObject) as LooseNode[]) : [],
    connections: Array.isArray(connections) ? (connections.filter(isObject) as LooseDocument['connections']) : [],
  };
}
