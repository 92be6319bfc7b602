import '@xyflow/react/dist/style.css';
import './canvas.css';
import { ReactFlow, SelectionMode, useStore } from '@xyflow/react';
import { useMemo, useRef } from 'react';
import { readStored } from '../../../shared/hooks/use-stored.js';
import { useDocument, useEditor, useEditorStore } from '../editor-store.js';
import { useIsSmall } from '../../../shared/hooks/use-is-small.js';
import { useCanvasLocked } from './use-canvas-locked.js';
import { CanvasControls } from './canvas-controls.js';
import { CanvasMap } from './canvas-map.js';
import { ConnectionEdge } from './connection-edge.js';
import { detailAt, DetailProvider } from './detail.js';
import { Dots } from './dots.js';
import { EmptyCanvas } from './empty-canvas.js';
import { groupElements, noteElements } from './extra-elements.js';
import { FarLines } from './far-lines.js';
import { FlowElements } from './flow-elements.js';
import type { CanvasEdge, CanvasNode } from './flow-elements.js';
import { FoldedGroup, GroupBox } from './group-box.js';
import { isAnyInSight } from './in-sight.js';
import { NodeCard } from './node-card.js';
import { NoteCard } from './note-card.js';
import { UndoEdge } from './undo-edge.js';
import { useCanvasHandlers } from './use-canvas-handlers.js';
import { useCanvasKeys } from './use-canvas-keys.js';
import { useLongPress } from './use-long-press.js';
import { useMoving } from './use-moving.js';
import { usePickerDrop } from './use-picker-drop.js';
import { useSelectionInView } from './use-selection-in-view.js';
import { t } from '../../../shared/i18n/i18n.js';

const nodeTypes = { step: NodeCard, note: NoteCard, box: GroupBox, folded: FoldedGroup };
const edgeTypes = { connection: ConnectionEdge, undo: UndoEdge };
// The same objects at every drawing, for the reason that the handlers have.
const fitViewOptions = { maxZoom: 1, padding: 0.2 };
const addToSelection = ['Shift', 'Control', 'Meta'];
const panButtons = { hand: [0, 1], pointer: [1] };
const noEdges: CanvasEdge[] = [];
const snapGrid: [number, number] = [8, 8];
/** Below this many steps a map shows nothing that the canvas does not. */
const mapFrom = 20;

export function Canvas() {
  const store = useEditorStore();
  const document = useDocument();
  const catalog = useEditor((state) => state.catalog);
  const selection = useEditor((state) => state.selection);
  const tool = useEditor((state) => state.tool);
  const locked = useCanvasLocked();
  const small = useIsSmall();
  const minimap = useEditor((state) => state.minimap);
  const detail = useStore((state) => detailAt(state.transform[2]));
  const isFar = detail !== 'card';
  // React Flow loses the ends of lines while a card has no ports: near and far each have elements of their own.
  const made = useMemo(() => ({ near: new FlowElements(catalog), far: new FlowElements(catalog) }), [catalog]);
  const elements = isFar ? made.far : made.near;
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
  useSelectionInView(container);
  useLongPress(container);
  const pickerDrop = usePickerDrop();

  const viewportName = `viewport.${store.getState().workflowId}`;
  const viewport = useMemo(
    () => readStored<{ x: number; y: number; zoom: number } | null>(viewportName, null),
    [viewportName],
  );
  const handlers = useCanvasHandlers({
    container,
    viewportName,
    onMove: (changes) => onMove(changes, alt.current),
  });

  return (
    <DetailProvider value={detail}>
      <div
        ref={container}
        role="application"
        aria-label={t('editor.canvas.label')}
        tabIndex={-1}
        data-canvas
        onKeyDown={onKeyDown}
        onPointerMoveCapture={(event) => {
          alt.current = event.altKey;
        }}
        {...pickerDrop}
        className={`relative h-full w-full outline-none ${tool === 'hand' ? 'wf-hand' : ''}`}
      >
        {small && (
          <p
            role="note"
            className="absolute inset-x-3 top-3 z-10 rounded-md border border-line bg-surface px-3 py-2 text-12 text-muted"
          >
            {t('editor.canvas.small')}
          </p>
        )}
        <ReactFlow<CanvasNode, CanvasEdge>
          nodes={nodes}
          edges={isFar ? noEdges : edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodesDraggable={!locked}
          nodesConnectable={!locked}
          edgesReconnectable={!locked}
          {...handlers}
          {...(viewport ? { defaultViewport: viewport } : { fitView: true, fitViewOptions })}
          onInit={(flow) => {
            const { clientWidth: width, clientHeight: height } = container.current!;
            if (viewport && !isAnyInSight(document.nodes, viewport, { width, height }))
              void flow.fitView(fitViewOptions);
          }}
          minZoom={0.05}
          maxZoom={2}
          onlyRenderVisibleElements
          elevateNodesOnSelect={false}
          nodesFocusable={false}
          edgesFocusable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={addToSelection}
          selectionKeyCode={null}
          selectionOnDrag={tool === 'pointer'}
          selectionMode={SelectionMode.Partial}
          panOnDrag={panButtons[tool]}
          panActivationKeyCode="Space"
          panOnScroll
          zoomOnDoubleClick={false}
          nodeDragThreshold={4}
          snapToGrid
          snapGrid={snapGrid}
          connectionRadius={28}
        >
          <Dots />
          {isFar && <FarLines nodes={nodes} edges={edges} />}
          {minimap && document.nodes.length >= mapFrom && <CanvasMap nodes={nodes} />}
          <CanvasControls />
        </ReactFlow>
        {document.nodes.length === 0 && <EmptyCanvas />}
      </div>
    </DetailProvider>
  );
}
