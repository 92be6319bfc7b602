import { Position } from '@xyflow/react';
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { connectionKey } from '../graph/connect.js';
import { cardWidth, heightFor, portOffset } from '../graph/geometry.js';
import { hiddenSteps } from '../graph/groups.js';
import type { NodeCatalog } from '../graph/node-catalog.js';
import { inputPorts, outputPorts } from '../graph/ports.js';
import { groupElementId } from './extra-elements.js';
import type { GroupNode, NoteNode } from './extra-elements.js';

export interface StepData extends Record<string, unknown> {
  node: WorkflowNode;
  descriptor: NodeDescriptor | undefined;
  inputs: Port[];
  outputs: Port[];
  /** Output ports that lead somewhere. */
  connected: ReadonlySet<string>;
  /** Whether a line to the step that undoes it starts, or ends, here. */
  undo: boolean;
}

export type StepNode = Node<StepData, 'step'>;
export type StepEdge = Edge<{ connection: Connection }, 'connection'>;
export type UndoEdge = Edge<Record<string, never>, 'undo'>;
export type CanvasNode = StepNode | NoteNode | GroupNode;
export type CanvasEdge = StepEdge | UndoEdge;

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
    const hidden = hiddenSteps(document);
    const undo = new Set(
      document.nodes.flatMap(({ id, compensateWith }) => (compensateWith ? [id, compensateWith] : [])),
    );
    const shown = hidden.size === 0 ? document.nodes : document.nodes.filter(({ id }) => !hidden.has(id));
    return shown.map((node) => {
      const [x, y] = dragged.get(node.id) ?? node.position ?? [0, 0];
      const ports = connected.get(node.id) ?? new Set<string>();
      const key = JSON.stringify([x, y, selected.has(node.id), undo.has(node.id), [...ports]]);
      const known = this.nodes.get(node);
      if (known?.key === key) return known.element;
      const element = this.stepNode(node, { x, y }, selected.has(node.id), ports, undo.has(node.id));
      this.nodes.set(node, { key, element });
      return element;
    });
  }

  edgesOf(document: WorkflowDocument, selected: ReadonlySet<string>): StepEdge[] {
    const hidden = hiddenSteps(document);
    const edges = document.connections.map((connection) => {
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
    return hidden.size === 0 ? edges : throughGroups(edges, hidden);
  }

  /** Dashed lines to the steps that undo others. */
  undoEdgesOf(document: WorkflowDocument): UndoEdge[] {
    const hidden = hiddenSteps(document);
    const ids = new Set(document.nodes.map(({ id }) => id));
    return document.nodes.flatMap(({ id, compensateWith }): UndoEdge[] => {
      if (!compensateWith || !ids.has(compensateWith) || hidden.has(id) || hidden.has(compensateWith)) return [];
      const edge: UndoEdge = {
        id: `undo:${id}`,
        type: 'undo',
        source: id,
        sourceHandle: 'undo-out',
        target: compensateWith,
        targetHandle: 'undo-in',
        selectable: false,
        reconnectable: false,
        data: {},
      };
      return [edge];
    });
  }

  private stepNode(
    node: WorkflowNode,
    position: { x: number; y: number },
    selected: boolean,
    connected: ReadonlySet<string>,
    undo: boolean,
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
        ...(undo ? undoHandles(height) : []),
      ],
      data: { node, descriptor, inputs, outputs, connected, undo },
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

function undoHandles(height: number): NodeHandle[] {
  const end = { x: cardWidth / 2, width: 1, height: 1 };
  return [
    { ...end, id: 'undo-out', type: 'source', position: Position.Bottom, y: height },
    { ...end, id: 'undo-in', type: 'target', position: Position.Top, y: 0 },
  ];
}

/** Connections of hidden steps start and end at the card of their group; those inside it are not drawn. */
function throughGroups(edges: StepEdge[], hidden: ReadonlyMap<string, string>): StepEdge[] {
  const seen = new Set<string>();
  return edges.flatMap((edge): StepEdge[] => {
    const from = hidden.get(edge.source);
    const to = hidden.get(edge.target);
    if (from === undefined && to === undefined) return [edge];
    if (from === to) return [];
    const ends = {
      ...(from === undefined ? {} : { source: groupElementId(from), sourceHandle: 'out' }),
      ...(to === undefined ? {} : { target: groupElementId(to), targetHandle: 'in' }),
    };
    const moved: StepEdge = { ...edge, ...ends, reconnectable: false };
    const key = [moved.source, moved.sourceHandle, moved.target, moved.targetHandle].join();
    if (seen.has(key)) return [];
    seen.add(key);
    return [moved];
  });
}

function connectedPorts(document: WorkflowDocument): Map<string, Set<string>> {
  const ports = new Map<string, Set<string>>();
  for (const { from } of document.connections) {
    const set = ports.get(from.node) ?? new Set<string>();
    ports.set(from.node, set.add(from.port));
  }
  return ports;
}
