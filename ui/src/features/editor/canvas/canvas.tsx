import '@xyflow/react/dist/style.css';
import './canvas.css';
import { Background, BackgroundVariant, MiniMap, ReactFlow, SelectionMode } from '@xyflow/react';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { readStored, writeStored } from '../../../shared/hooks/use-stored.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { CanvasControls } from './canvas-controls.js';
import { ConnectionEdge } from './connection-edge.js';
import { EmptyCanvas } from './empty-canvas.js';
import { groupElements, groupOfElement, noteElements } from './extra-elements.js';
import { FlowElements } from './flow-elements.js';
import type { CanvasEdge, CanvasNode, StepEdge } from './flow-elements.js';
import { FoldedGroup, GroupBox } from './group-box.js';
import { NodeCard } from './node-card.js';
import { NoteCard } from './note-card.js';
import { UndoEdge } from './undo-edge.js';
import { useCanvasKeys } from './use-canvas-keys.js';
import { useContextMenus } from './use-context-menus.js';
import { useMoving } from './use-moving.js';
import { usePickerDrop } from './use-picker-drop.js';
import { useSelectionInView } from './use-selection-in-view.js';
import { useWiring } from './use-wiring.js';

const nodeTypes = { step: NodeCard, note: NoteCard, box: GroupBox, folded: FoldedGroup };
const edgeTypes = { connection: ConnectionEdge, undo: UndoEdge };
/** Below this many steps a map shows nothing that the canvas does not. */
const mapFrom = 20;

export function Canvas() {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const selection = useEditor((state) => state.selection);
  const tool = useEditor((state) => state.tool);
  const minimap = useEditor((state) => state.minimap);
  const elements = useMemo(() => new FlowElements(catalog), [catalog]);
  const alt = useRef(false);
  const { dragged, onMove } = useMoving();
  const nodes = useMemo((): CanvasNode[] => {
    const chosen = new Set(selection.nodes);
    return [
      ...groupElements(document, chosen, dragged),
      ...noteElements(document, new Set(selection.notes), dragged),
      ...elements.nodesOf(document, chosen, dragged),
    ];
  }, [elements, document, selection.nodes, selection.notes, dragged]);
  const edges = useMemo(
    (): CanvasEdge[] => [
      ...elements.edgesOf(document, new Set(selection.connections)),
      ...elements.undoEdgesOf(document),
    ],
    [elements, document, selection.connections],
  );
  const container = useRef<HTMLDivElement>(null);
  const onKeyDown = useCanvasKeys();
  const contextMenus = useContextMenus();
  useSelectionInView(container);
  const wiring = useWiring();
  const pickerDrop = usePickerDrop();

  const onNodesChange = (changes: NodeChange<CanvasNode>[]) => {
    const noteIds = new Set(document.notes?.map(({ id }) => id));
    const before = [...selection.nodes, ...selection.notes];
    const selected = selectedAfter(changes, before);
    if (selected)
      store.getState().select({
        nodes: selected.filter((id) => !noteIds.has(id)),
        notes: selected.filter((id) => noteIds.has(id)),
        connections: selection.connections,
      });
    onMove(changes, alt.current);
  };
  const onEdgesChange = (changes: EdgeChange<CanvasEdge>[]) => {
    const selected = selectedAfter(changes, selection.connections);
    if (selected) store.getState().select({ ...store.getState().selection, connections: selected });
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
      aria-label="Canvas. Arrow keys go from step to step, Enter opens a step, N adds one, C connects it, O shows a list instead, question mark shows all keys."
      tabIndex={-1}
      data-canvas
      onKeyDown={onKeyDown}
      onPointerMoveCapture={(event) => {
        alt.current = event.altKey;
      }}
      {...pickerDrop}
      className={`relative h-full w-full outline-none ${tool === 'hand' ? 'wf-hand' : ''}`}
    >
      <ReactFlow<CanvasNode, CanvasEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={wiring.onConnect}
        onConnectEnd={wiring.onConnectEnd}
        onReconnectStart={wiring.onReconnectStart}
        onReconnect={(edge, connection) => wiring.onReconnect(edge as StepEdge, connection)}
        onReconnectEnd={(event, edge) => wiring.onReconnectEnd(event, edge as StepEdge)}
        isValidConnection={(connection) => wiring.isValid(connection as StepEdge)}
        onNodeClick={(event, node) => {
          if (node.type !== 'step') return;
          if (!event.shiftKey && !event.ctrlKey && !event.metaKey)
            store.getState().set({ panelOpen: true, focusField: undefined });
          focusStep(container.current, node.id);
        }}
        onNodeDoubleClick={(_event, node) =>
          node.type === 'step' && store.getState().set({ renaming: node.id, panelOpen: true })
        }
        {...contextMenus}
        onPaneClick={() => container.current?.focus({ preventScroll: true })}
        onMoveEnd={(_event, view) => writeStored(viewportName, view)}
        {...(viewport
          ? { defaultViewport: viewport }
          : { fitView: true, fitViewOptions: { maxZoom: 1, padding: 0.2 } })}
        minZoom={0.05}
        maxZoom={2}
        onlyRenderVisibleElements
        elevateNodesOnSelect={false}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        selectionKeyCode={null}
        selectionOnDrag={tool === 'pointer'}
        selectionMode={SelectionMode.Partial}
        panOnDrag={tool === 'hand' ? [0, 1] : [1]}
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
        {minimap && document.nodes.length >= mapFrom && (
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
  const selects = changes.filter((change) => change.type === 'select' && !(change.id && groupOfElement(change.id)));
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
