import { Position } from '@xyflow/react';
import type { Edge, Node, NodeHandle } from '@xyflow/react';
import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import type { Connection, WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { connectionKey } from '../graph/connect.js';
import { cardWidth, heightFor, portOffset } from '../graph/geometry.js';
import { hiddenSteps } from '../graph/groups.js';
import type { NodeCatalog } from '../../../shared/steps/node-catalog.js';
import { t } from '../../../shared/i18n/i18n.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';
import { groupElementId, noRole } from './extra-elements.js';
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
/** `fromNamed`, `intoNamed`: the name of a port stands on the beginning, on the end of the line. */
export type StepEdge = Edge<
  { connection: Connection; from: string; to: string; fromNamed: boolean; intoNamed: boolean },
  'connection'
>;
export type UndoEdge = Edge<Record<string, never>, 'undo'>;
export type CanvasNode = StepNode | NoteNode | GroupNode;
export type CanvasEdge = StepEdge | UndoEdge;

const noPorts: ReadonlySet<string> = new Set();

/** What assistive technology says that a line is, in the language of the page; React Flow would say it in English. */
const lineAttributes = () => ({ 'aria-roledescription': t('editor.role.connection') });

/**
 * Turns a document into what React Flow draws. A step that did not change stays the same object, so that typing in one
 * field does not draw 500 cards again.
 */
export class FlowElements {
  private readonly nodes = new WeakMap<WorkflowNode, StepNode>();
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
      const ports = connected.get(node.id) ?? noPorts;
      const known = this.nodes.get(node);
      if (known && isStill(known, x, y, selected.has(node.id), ports, undo.has(node.id))) return known;
      const element = this.stepNode(node, { x, y }, selected.has(node.id), ports, undo.has(node.id));
      this.nodes.set(node, element);
      return element;
    });
  }

  edgesOf(document: WorkflowDocument, selected: ReadonlySet<string>): StepEdge[] {
    const hidden = hiddenSteps(document);
    const nameOf = namesOf(document);
    const edges = document.connections.map((connection) => {
      const id = connectionKey(connection);
      const [from, to] = [nameOf(connection.from.node), nameOf(connection.to.node)];
      const known = this.edges.get(connection);
      if (known?.data?.from === from && known.data.to === to && known.selected === selected.has(id)) return known;
      const edge: StepEdge = {
        id,
        type: 'connection',
        source: connection.from.node,
        sourceHandle: connection.from.port,
        target: connection.to.node,
        targetHandle: connection.to.port,
        selected: selected.has(id),
        ariaLabel: t('editor.connection', { from, to }),
        domAttributes: lineAttributes(),
        data: { connection, from, to, ...this.namesOn(connection, document) },
      };
      this.edges.set(connection, edge);
      return edge;
    });
    return hidden.size === 0 ? edges : throughGroups(edges, hidden);
  }

  private namesOn({ from, to }: Connection, { nodes }: WorkflowDocument): { fromNamed: boolean; intoNamed: boolean } {
    const [source, target] = [from, to].map(({ node }) => nodes.find(({ id }) => id === node));
    const outputs = source ? outputPorts(source, this.catalog.find(source.type)) : [];
    const inputs = target ? inputPorts(target, this.catalog.find(target.type)) : [];
    return { fromNamed: outputs.length > 1 || from.port !== 'main', intoNamed: inputs.length > 1 };
  }

  /** Dashed lines to the steps that undo others. */
  undoEdgesOf(document: WorkflowDocument): UndoEdge[] {
    const hidden = hiddenSteps(document);
    const nameOf = namesOf(document);
    const ids = new Set(document.nodes.map(({ id }) => id));
    return document.nodes.flatMap(({ id, name, compensateWith }): UndoEdge[] => {
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
        ariaLabel: t('editor.undoConnection', { step: name, undo: nameOf(compensateWith) }),
        domAttributes: lineAttributes(),
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
      // The way to go on from one output reaches under the card that follows another: it has to lie above that card.
      zIndex: connected.size > 0 && outputs.some(({ name }) => !connected.has(name)) ? 1 : 0,
      width: cardWidth,
      height,
      measured: { width: cardWidth, height },
      domAttributes: noRole,
      handles: [
        ...inputs.map((port, index) => handle(port.name, 'target', index, inputs.length, height)),
        ...outputs.map((port, index) => handle(port.name, 'source', index, outputs.length, height)),
        ...(undo ? undoHandles(height) : []),
      ],
      data: { node, descriptor, inputs, outputs, connected, undo },
    };
  }
}

/** The name of a step by its id. */
function namesOf({ nodes }: WorkflowDocument): (id: string) => string {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

/** Whether the element of a step that did not change would be made as it is. Asked for each step at each move of one. */
function isStill(
  { position, selected: wasSelected, data }: StepNode,
  x: number,
  y: number,
  selected: boolean,
  connected: ReadonlySet<string>,
  undo: boolean,
): boolean {
  return (
    position.x === x &&
    position.y === y &&
    wasSelected === selected &&
    data.undo === undo &&
    (data.connected === connected ||
      (data.connected.size === connected.size && [...connected].every((port) => data.connected.has(port))))
  );
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

const portsOfConnections = new WeakMap<readonly Connection[], ReadonlyMap<string, ReadonlySet<string>>>();

/** Output ports that lead somewhere, by step; made once for a list of connections. */
function connectedPorts({ connections }: WorkflowDocument): ReadonlyMap<string, ReadonlySet<string>> {
  const known = portsOfConnections.get(connections);
  if (known) return known;
  const ports = new Map<string, Set<string>>();
  for (const { from } of connections) {
    const set = ports.get(from.node) ?? new Set<string>();
    ports.set(from.node, set.add(from.port));
  }
  portsOfConnections.set(connections, ports);
  return ports;
}
