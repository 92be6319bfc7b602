import type { Connection, WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { connect, connectionKey, disconnect } from './connect.js';
import { cardWidth, heightFor, portOffset } from './geometry.js';
import type { Point } from './geometry.js';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';

/** How near the middle of a card has to come to a connection, in canvas pixels. */
const reach = 36;

/** The connection under a step that is dropped with its middle here, if the step can be put into it. */
export function connectionUnder(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  middle: Point,
  stepId?: string,
): Connection | undefined {
  if (stepId !== undefined && !isLoose(document, catalog, stepId)) return undefined;
  let nearest: Connection | undefined;
  let shortest = reach;
  for (const connection of document.connections) {
    if (connection.from.node === stepId || connection.to.node === stepId) continue;
    const line = endsOf(document, catalog, connection);
    const distance = line ? distanceTo(line, middle) : Infinity;
    if (distance >= shortest) continue;
    shortest = distance;
    nearest = connection;
  }
  return nearest;
}

/** Puts a step that is there already into a connection. */
export function spliceInto(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  stepId: string,
  connection: Connection,
): void {
  const node = document.nodes.find(({ id }) => id === stepId);
  const descriptor = node && catalog.find(node.type);
  const input = node && inputPorts(node, descriptor)[0]?.name;
  if (!node || input === undefined) return;
  const output = outputPorts(node, descriptor)[0]?.name;
  const { from, to } = connection;
  disconnect(document, new Set([connectionKey(connection)]));
  connect(document, { from: { ...from }, to: { node: stepId, port: input } });
  if (output !== undefined) connect(document, { from: { node: stepId, port: output }, to: { ...to } });
}

function isLoose(document: WorkflowDocument, catalog: NodeCatalog, id: string): boolean {
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (!node || catalog.isTrigger(node.type)) return false;
  return !document.connections.some(({ from, to }) => from.node === id || to.node === id);
}

function endsOf(
  document: WorkflowDocument,
  catalog: NodeCatalog,
  { from, to }: Connection,
): [Point, Point] | undefined {
  const source = document.nodes.find(({ id }) => id === from.node);
  const target = document.nodes.find(({ id }) => id === to.node);
  if (!source || !target) return undefined;
  const place = (node: typeof source, port: string, side: 'in' | 'out'): Point => {
    const descriptor = catalog.find(node.type);
    const inputs = inputPorts(node, descriptor);
    const outputs = outputPorts(node, descriptor);
    const ports = side === 'in' ? inputs : outputs;
    const index = Math.max(
      0,
      ports.findIndex(({ name }) => name === port),
    );
    const height = heightFor(inputs.length, outputs.length);
    const [x, y] = node.position ?? [0, 0];
    return [side === 'in' ? x : x + cardWidth, y + portOffset(index, Math.max(1, ports.length), height)];
  };
  return [place(source, from.port, 'out'), place(target, to.port, 'in')];
}

function distanceTo([[x1, y1], [x2, y2]]: [Point, Point], [x, y]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - (x1 + along * dx), y - (y1 + along * dy));
}
