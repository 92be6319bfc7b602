import '@xyflow/react/dist/style.css';
import './canvas.css';
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode, useReactFlow } from '@xyflow/react';
import type { Connection as FlowConnection, EdgeChange, FinalConnectionState, NodeChange } from '@xyflow/react';
import { useMemo, useRef, useState } from 'react';
import { readStored, writeStored } from '../../../shared/hooks/use-stored.js';
import { notify } from '../../../shared/components/toasts.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { connect, refusalOf } from '../graph/connect.js';
import { useCanvasActions } from './canvas-actions.js';
import { CanvasControls } from './canvas-controls.js';
import { ConnectionEdge } from './connection-edge.js';
import { EmptyCanvas } from './empty-canvas.js';
import { FlowElements } from './flow-elements.js';
import type { StepEdge, StepNode } from './flow-elements.js';
import { NodeCard } from './node-card.js';
import { useCanvasKeys } from './use-canvas-keys.js';
import { useSelectionInView } from './use-selection-in-view.js';

const nodeTypes = { step: NodeCard };
const edgeTypes = { connection: ConnectionEdge };

export function Canvas() {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const selection = useEditor((state) => state.selection);
  const [dragged, setDragged] = useState<ReadonlyMap<string, [number, number]>>(new Map());
  const elements = useMemo(() => new FlowElements(catalog), [catalog]);
  const nodes = useMemo(
    () => elements.nodesOf(document, new Set(selection.nodes), dragged),
    [elements, document, selection.nodes, dragged],
  );
  const edges = useMemo(
    () => elements.edgesOf(document, new Set(selection.connections)),
    [elements, document, selection.connections],
  );
  const container = useRef<HTMLDivElement>(null);
  const onKeyDown = useCanvasKeys();
  useSelectionInView(container);
  const wiring = useWiring();

  const onNodesChange = (changes: NodeChange<StepNode>[]) => {
    const selected = selectedAfter(changes, selection.nodes);
    if (selected) store.getState().select({ nodes: selected, connections: selection.connections });
    const moves = changes.filter((change) => change.type === 'position');
    if (moves.length === 0) return;
    const places = new Map(dragged);
    for (const move of moves)
      if (move.position) places.set(move.id, [Math.round(move.position.x), Math.round(move.position.y)]);
    if (moves.some((move) => move.dragging)) {
      setDragged(places);
      return;
    }
    setDragged(new Map());
    store.getState().edit('Move', (draft) => {
      for (const node of draft.nodes) {
        const place = places.get(node.id);
        if (place && (place[0] !== node.position?.[0] || place[1] !== node.position[1])) node.position = place;
      }
    });
  };
  const onEdgesChange = (changes: EdgeChange<StepEdge>[]) => {
    const selected = selectedAfter(changes, selection.connections);
    if (selected) store.getState().select({ nodes: store.getState().selection.nodes, connections: selected });
  };
  const viewportName = `viewport.${store.getState().workflowId}`;
  const viewport = useMemo(
    () => readStored<{ x: number; y: number; zoom: number } | null>(viewportName, null),
    [viewportName],
  );

  return (
    <div
      ref={container}
      role="application"
      aria-label="Canvas. Arrow keys go from step to step, Enter opens a step, N adds one, question mark shows all keys."
      tabIndex={-1}
      data-canvas
      onKeyDown={onKeyDown}
      className="relative h-full w-full outline-none"
    >
      <ReactFlow<StepNode, StepEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={wiring.onConnect}
        onConnectEnd={wiring.onConnectEnd}
        isValidConnection={wiring.isValid}
        onNodeClick={(event, node) => {
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey)
            store.getState().set({ panelOpen: true, focusField: undefined });
          focusStep(container.current, node.id);
        }}
        onNodeDoubleClick={(_event, node) => store.getState().set({ renaming: node.id, panelOpen: true })}
        onPaneClick={() => container.current?.focus({ preventScroll: true })}
        onMoveEnd={(_event, view) => writeStored(viewportName, view)}
        {...(viewport
          ? { defaultViewport: viewport }
          : { fitView: true, fitViewOptions: { maxZoom: 1, padding: 0.2 } })}
        minZoom={0.05}
        maxZoom={2}
        onlyRenderVisibleElements
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        selectionKeyCode={null}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={[1]}
        panActivationKeyCode="Space"
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={4}
        snapToGrid
        snapGrid={[8, 8]}
        connectionRadius={28}
        proOptions={{ hideAttribution: false }}
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={24}
          size={1.2}
          color="var(--line-strong)"
          className="opacity-45"
        />
        {document.nodes.length >= 20 && (
          <MiniMap
            pannable
            zoomable
            position="bottom-right"
            nodeColor="var(--line-strong)"
            className="rounded-card! border border-line"
          />
        )}
        <CanvasControls />
      </ReactFlow>
      {document.nodes.length === 0 && <EmptyCanvas />}
    </div>
  );
}

/** What is selected after these changes, or `undefined` where they do not touch it. */
function selectedAfter(
  changes: { type: string; id?: string; selected?: boolean }[],
  before: readonly string[],
): string[] | undefined {
  const selects = changes.filter((change) => change.type === 'select');
  if (selects.length === 0) return undefined;
  const after = new Set(before);
  for (const change of selects) {
    if (!change.id) continue;
    if (change.selected) after.add(change.id);
    else after.delete(change.id);
  }
  return [...after];
}

export function focusStep(container: HTMLElement | null, id: string): void {
  container?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
}

function useWiring() {
  const store = useEditorStore();
  const flow = useReactFlow();
  const { openPicker } = useCanvasActions();
  const wanted = (connection: FlowConnection | StepEdge) => ({
    from: { node: connection.source, port: connection.sourceHandle ?? 'main' },
    to: { node: connection.target, port: connection.targetHandle ?? 'main' },
  });
  const refusal = (connection: FlowConnection | StepEdge) => {
    const { history, catalog } = store.getState();
    return refusalOf(history.document, catalog, wanted(connection));
  };
  return {
    isValid: (connection: FlowConnection | StepEdge) => refusal(connection) === undefined,
    onConnect: (connection: FlowConnection) =>
      store.getState().edit('Connect', (draft) => connect(draft, wanted(connection))),
    onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      const { fromHandle, fromNode, toNode, toHandle } = state;
      if (state.isValid || !fromHandle || !fromNode) return;
      if (toNode && toHandle) {
        const [source, target] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle];
        const reason = refusal({
          source: source.nodeId,
          sourceHandle: source.id ?? 'main',
          target: target.nodeId,
          targetHandle: target.id ?? 'main',
        });
        if (reason) notify(reason);
        return;
      }
      if (toNode || fromHandle.type !== 'source') return;
      const point = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!point) return;
      const at = { x: point.clientX, y: point.clientY };
      const { x, y } = flow.screenToFlowPosition(at);
      openPicker({
        placement: { kind: 'after', node: fromNode.id, port: fromHandle.id ?? 'main', position: [x, y - 28] },
        at,
      });
    },
  };
}
