import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { connect, connectionKey, disconnect } from './connect.js';
import { columnStep, freePosition } from './geometry.js';
import type { Point } from './geometry.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';
import { uniqueName } from './unique-name.js';

/** Where a new step goes and what it is joined to. */
export type Placement =
  | { kind: 'at'; position: Point }
  | { kind: 'after'; node: string; port: string; position?: Point }
  | { kind: 'between'; connection: Connection; position?: Point };

/** Adds a step of this type and answers its id. */
export function addNode(
  document: WorkflowDocument,
  descriptor: NodeDescriptor,
  id: string,
  placement: Placement,
): string {
  const node = newNode(document, descriptor, id);
  node.position = positionFor(document, placement);
  if (placement.kind === 'between') makeRoom(document, node.position, placement.connection);
  document.nodes.push(node);
  join(document, descriptor, node, placement);
  return id;
}

function newNode(document: WorkflowDocument, descriptor: NodeDescriptor, id: string): WorkflowNode {
  return {
    id,
    name: uniqueName(descriptor.label, new Set(document.nodes.map((node) => node.name))),
    type: descriptor.type,
    typeVersion: descriptor.typeVersion,
    parameters: {},
    onError: 'stop',
  };
}

function positionFor(document: WorkflowDocument, placement: Placement): [number, number] {
  const positions = document.nodes.map((node): Point => node.position ?? [0, 0]);
  if (placement.kind === 'at') return freePosition(placement.position, positions);
  if (placement.kind === 'after') {
    if (placement.position) return freePosition(placement.position, positions);
    const [x, y] = positionOf(document, placement.node);
    return freePosition([x + columnStep, y], positions);
  }
  if (placement.position) return [...placement.position];
  const [fromX, fromY] = positionOf(document, placement.connection.from.node);
  const [, toY] = positionOf(document, placement.connection.to.node);
  return [fromX + columnStep, toY === fromY ? fromY : toY];
}

/** Moves the target and everything after it to the right where the gap is too small. */
function makeRoom(document: WorkflowDocument, [x]: Point, connection: Connection): void {
  const [targetX] = positionOf(document, connection.to.node);
  const missing = x + columnStep - targetX;
  if (missing <= 0 || targetX < x - columnStep) return;
  const moved = downstreamOf(document, connection.to.node);
  for (const node of document.nodes) {
    if (moved.has(node.id) && node.position) node.position = [node.position[0] + missing, node.position[1]];
  }
}

function join(document: WorkflowDocument, descriptor: NodeDescriptor, node: WorkflowNode, placement: Placement): void {
  const input = inputPorts(node, descriptor)[0]?.name;
  const output = outputPorts(node, descriptor)[0]?.name;
  if (placement.kind === 'after' && input) {
    connect(document, { from: { node: placement.node, port: placement.port }, to: { node: node.id, port: input } });
  }
  if (placement.kind === 'between' && input) {
    const { from, to } = placement.connection;
    disconnect(document, new Set([connectionKey(placement.connection)]));
    connect(document, { from: { ...from }, to: { node: node.id, port: input } });
    if (output) connect(document, { from: { node: node.id, port: output }, to: { ...to } });
  }
}

/** The step and all that can be reached from it. */
export function downstreamOf(document: WorkflowDocument, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    for (const { from, to } of document.connections) if (from.node === id) open.push(to.node);
  }
  return reached;
}

function positionOf(document: WorkflowDocument, id: string): Point {
  return document.nodes.find((node) => node.id === id)?.position ?? [0, 0];
}
