import { Position } from '@xyflow/react';
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { connectionKey } from '../graph/connect.js';
import { cardWidth, heightFor, portOffset } from '../graph/geometry.js';
import type { NodeCatalog } from '../graph/node-catalog.js';
import { inputPorts, outputPorts } from '../graph/ports.js';

export interface StepData extends Record<string, unknown> {
  node: WorkflowNode;
  descriptor: NodeDescriptor | undefined;
  inputs: Port[];
  outputs: Port[];
  /** Output ports that lead somewhere. */
  connected: ReadonlySet<string>;
}

export type StepNode = Node<StepData, 'step'>;
export type StepEdge = Edge<{ connection: Connection }, 'connection'>;

type Cached = { key: string; element: StepNode };

/**
 * Turns a document into what React Flow draws. A step that did not change stays the same object, so that typing in one
 * field does not draw 500 cards again.
 */
export class FlowElements {
  private readonly nodes = new WeakMap<WorkflowNode, Cached>();
  private readonly edges = new WeakMap<Connection, StepEdge>();

  constructor(private readonly catalog: NodeCatalog) {}

  nodesOf(
    document: WorkflowDocument,
    selected: ReadonlySet<string>,
    dragged: ReadonlyMap<string, [number, number]>,
  ): StepNode[] {
    const connected = connectedPorts(document);
    return document.nodes.map((node) => {
      const [x, y] = dragged.get(node.id) ?? node.position ?? [0, 0];
      const ports = connected.get(node.id) ?? new Set<string>();
      const key = JSON.stringify([x, y, selected.has(node.id), [...ports]]);
      const known = this.nodes.get(node);
      if (known?.key === key) return known.element;
      const element = this.stepNode(node, { x, y }, selected.has(node.id), ports);
      this.nodes.set(node, { key, element });
      return element;
    });
  }

  edgesOf(document: WorkflowDocument, selected: ReadonlySet<string>): StepEdge[] {
    return document.connections.map((connection) => {
      const id = connectionKey(connection);
      const known = this.edges.get(connection);
      if (known && known.selected === selected.has(id)) return known;
      const edge: StepEdge = {
        id,
        type: 'connection',
        source: connection.from.node,
        sourceHandle: connection.from.port,
        target: connection.to.node,
        targetHandle: connection.to.port,
        selected: selected.has(id),
        data: { connection },
      };
      this.edges.set(connection, edge);
      return edge;
    });
  }

  private stepNode(
    node: WorkflowNode,
    position: { x: number; y: number },
    selected: boolean,
    connected: ReadonlySet<string>,
  ): StepNode {
    const descriptor = this.catalog.find(node.type);
    const inputs = inputPorts(node, descriptor);
    const outputs = outputPorts(node, descriptor);
    const height = heightFor(inputs.length, outputs.length);
    return {
      id: node.id,
      type: 'step',
      position,
      selected,
      width: cardWidth,
      height,
      measured: { width: cardWidth, height },
      handles: [
        ...inputs.map((port, index) => handle(port.name, 'target', index, inputs.length, height)),
        ...outputs.map((port, index) => handle(port.name, 'source', index, outputs.length, height)),
      ],
      data: { node, descriptor, inputs, outputs, connected },
    };
  }
}

const handleSize = 10;
/** Handles are placed inside the border of the card. */
const border = 1;

/** Ends of connections are known without drawing the card, so that connections to cards out of view are drawn too. */
function handle(id: string, type: 'source' | 'target', index: number, count: number, height: number): NodeHandle {
  return {
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: (type === 'source' ? cardWidth - border : border) - handleSize / 2,
    y: portOffset(index, count, height) - handleSize / 2,
    width: handleSize,
    height: handleSize,
  };
}

function connectedPorts(document: WorkflowDocument): Map<string, Set<string>> {
  const ports = new Map<string, Set<string>>();
  for (const { from } of document.connections) {
    const set = ports.get(from.node) ?? new Set<string>();
    ports.set(from.node, set.add(from.port));
  }
  return ports;
}
