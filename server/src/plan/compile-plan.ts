import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { documentHash } from './plan-hash.js';
import { PlanImpossible } from './plan.errors.js';
import type { CompiledPlan, NodeRole, PlanEdge, PlanNode } from './plan.types.js';
import { inputPortsOf, outputPortsOf } from './ports.js';

/** Finds the description of a node type, the newest version where none is asked for. */
export type DescribeNode = (type: string, version?: number) => NodeDescriptor | undefined;

/**
 * Makes a document ready to run. The same document always gives the same plan.
 * @throws PlanImpossible for an unknown node type, a node id used twice, or a connection of a node that is not there
 */
export function compilePlan(document: WorkflowDocument, describe: DescribeNode): CompiledPlan {
  const nodes = document.nodes.map((node, index) => compileNode(node, index, describe));
  const indexById = indexNodes(nodes);
  const edges = compileEdges(document, indexById);
  for (const edge of edges) attach(nodes, edge);
  for (const edge of edges) edge.entersLoop = entersLoop(nodes, edges, edge);
  rankByPosition(nodes);
  for (const node of nodes) addUndoer(nodes, indexById, node);
  const { branches, timeoutMs } = document.settings;
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  return { hash: documentHash(document), nodes, edges, indexById, branches, ...limit };
}

function compileNode(node: WorkflowNode, index: number, describe: DescribeNode): PlanNode {
  const descriptor = describe(node.type, node.typeVersion);
  if (!descriptor) {
    throw new PlanImpossible(
      `Node "${node.name}" has the type ${node.type}, which is not installed. Install its plugin.`,
    );
  }
  const inputs = inputPortsOf(node, descriptor);
  const role = roleOf(node.type);
  return {
    index,
    id: node.id,
    name: node.name,
    type: node.type,
    typeVersion: descriptor.typeVersion,
    role,
    disabled: node.disabled === true,
    isTrigger: descriptor.isTrigger,
    effect: descriptor.effect,
    weight: descriptor.weight,
    work: descriptor.work,
    inputs,
    outputs: outputPortsOf(node, descriptor),
    outgoing: [],
    incoming: [],
    rank: index,
    ...(role === 'merge' ? { mergeMode: node.parameters['mode'] === 'first' ? 'first' : 'all' } : {}),
    ...(role === 'loop' ? { loop: loopOf(node, inputs) } : {}),
    node,
    descriptor,
  };
}

function roleOf(type: string): NodeRole {
  if (type === 'core.loop') return 'loop';
  return type === 'core.merge' ? 'merge' : 'plain';
}

function loopOf(node: WorkflowNode, inputs: string[]): NonNullable<PlanNode['loop']> {
  return {
    mode: node.parameters['mode'] === 'while' ? 'while' : 'batches',
    entryPort: inputs.find((port) => port !== 'next') ?? 'main',
  };
}

/** What starts runs is not undone, and a disabled node undoes nothing. */
function addUndoer(nodes: PlanNode[], indexById: ReadonlyMap<string, number>, node: PlanNode): void {
  const undoer = nodes[indexById.get(node.node.compensateWith ?? '') ?? -1];
  if (undoer && undoer !== node && !undoer.disabled && !node.isTrigger) node.compensatedBy = undoer.index;
}

function indexNodes(nodes: PlanNode[]): Map<string, number> {
  const indexById = new Map<string, number>();
  for (const node of nodes) {
    if (indexById.has(node.id)) throw new PlanImpossible(`Two nodes have the id ${node.id}. Give each its own.`);
    indexById.set(node.id, node.index);
  }
  return indexById;
}

/** A connection drawn twice carries its items once. */
function compileEdges(document: WorkflowDocument, indexById: Map<string, number>): PlanEdge[] {
  const edges = new Map<string, PlanEdge>();
  for (const { from, to } of document.connections) {
    const source = indexById.get(from.node);
    const target = indexById.get(to.node);
    if (source === undefined || target === undefined) {
      throw new PlanImpossible(`A connection from ${from.node} to ${to.node} misses one of the two. Remove it.`);
    }
    const name = JSON.stringify([source, from.port, target, to.port]);
    if (edges.has(name)) continue;
    edges.set(name, {
      index: edges.size,
      from: source,
      fromPort: from.port,
      to: target,
      toPort: to.port,
      entersLoop: false,
    });
  }
  return [...edges.values()];
}

function attach(nodes: PlanNode[], edge: PlanEdge): void {
  nodes[edge.from]!.outgoing.push(edge.index);
  nodes[edge.to]!.incoming.push(edge.index);
}

function entersLoop(nodes: PlanNode[], edges: PlanEdge[], edge: PlanEdge): boolean {
  if (nodes[edge.to]!.role !== 'loop' || edge.toPort !== 'next') return false;
  return !reachableFrom(nodes, edges, edge.to).has(edge.from);
}

/** All nodes that can be reached from `start` over any connection, `start` included. */
function reachableFrom(nodes: PlanNode[], edges: PlanEdge[], start: number): Set<number> {
  const found = new Set([start]);
  for (const node of found) for (const edge of nodes[node]!.outgoing) found.add(edges[edge]!.to);
  return found;
}

function rankByPosition(nodes: PlanNode[]): void {
  const [x, y] = [0, 1] as const;
  const at = (node: PlanNode, axis: 0 | 1): number => node.node.position?.[axis] ?? 0;
  const ordered = [...nodes].sort((a, b) => at(a, y) - at(b, y) || at(a, x) - at(b, x) || a.index - b.index);
  ordered.forEach((node, rank) => (node.rank = rank));
}
