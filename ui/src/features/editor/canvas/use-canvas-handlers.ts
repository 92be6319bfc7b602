import type {
  Connection as FlowConnection,
  FinalConnectionState,
  Edge,
  EdgeChange,
  NodeChange,
  Viewport,
} from '@xyflow/react';
import type { MouseEvent as ReactMouseEvent, RefObject } from 'react';
import { useSteady } from '../../../shared/hooks/use-steady.js';
import { writeStored } from '../../../shared/hooks/use-stored.js';
import { useEditorStore } from '../editor-store.js';
import { groupOfElement } from './extra-elements.js';
import type { CanvasEdge, CanvasNode, StepEdge } from './flow-elements.js';
import { useContextMenus } from './use-context-menus.js';
import { useWiring } from './use-wiring.js';

interface Surroundings {
  container: RefObject<HTMLElement | null>;
  viewportName: string;
  onMove(changes: readonly NodeChange<CanvasNode>[]): void;
}

/**
 * What happens on the canvas. The functions stay the same: React Flow draws every step again when it is handed another
 * one, and dragging one step draws the canvas at each move.
 */
export function useCanvasHandlers({ container, viewportName, onMove }: Surroundings) {
  const store = useEditorStore();
  const wiring = useWiring();
  const contextMenus = useContextMenus();
  return useSteady({
    ...contextMenus,
    onNodesChange: (changes: NodeChange<CanvasNode>[]) => {
      const { history, selection, select } = store.getState();
      const noteIds = new Set(history.document.notes?.map(({ id }) => id));
      const selected = selectedAfter(changes, [...selection.nodes, ...selection.notes]);
      if (selected)
        select({
          nodes: selected.filter((id) => !noteIds.has(id)),
          notes: selected.filter((id) => noteIds.has(id)),
          connections: selection.connections,
        });
      onMove(changes);
    },
    onEdgesChange: (changes: EdgeChange<CanvasEdge>[]) => {
      const { selection, select } = store.getState();
      const selected = selectedAfter(changes, selection.connections);
      if (selected) select({ ...selection, connections: selected });
    },
    onConnect: wiring.onConnect,
    onConnectEnd: wiring.onConnectEnd,
    onReconnectStart: wiring.onReconnectStart,
    onReconnect: (edge: CanvasEdge, connection: FlowConnection) => wiring.onReconnect(edge as StepEdge, connection),
    onReconnectEnd: (_event: unknown, edge: CanvasEdge, _end: unknown, state: FinalConnectionState) =>
      wiring.onReconnectEnd(edge as StepEdge, state),
    isValidConnection: (connection: FlowConnection | Edge) => wiring.isValid(connection as StepEdge),
    onNodeClick: (event: ReactMouseEvent, node: CanvasNode) => {
      if (node.type !== 'step') return;
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) {
        // React Flow leaves several selected: they might have been dragged.
        const { selection, select, set } = store.getState();
        if (selection.nodes.length > 1) select({ nodes: [node.id] });
        set({ panelOpen: true, focusField: undefined });
      }
      stepElement(container.current, node.id)?.focus({ preventScroll: true });
    },
    onNodeDoubleClick: (_event: ReactMouseEvent, node: CanvasNode) => {
      if (node.type === 'step') store.getState().set({ renaming: node.id, panelOpen: true });
    },
    onPaneClick: () => container.current?.focus({ preventScroll: true }),
    onMoveEnd: (_event: unknown, view: Viewport) => {
      writeStored(viewportName, view);
      requestAnimationFrame(() => keepFocus(container.current, store.getState().selection.nodes.at(-1)));
    },
  });
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

const stepElement = (container: HTMLElement | null, id: string) =>
  container?.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`);

/** A step out of view is not drawn, and would lose the focus to nobody: it waits on the canvas until the step is back. */
function keepFocus(container: HTMLElement | null, selected: string | undefined): void {
  const { activeElement, body } = document;
  if (selected === undefined || (activeElement !== body && activeElement !== container)) return;
  (stepElement(container, selected) ?? container)?.focus({ preventScroll: true });
}
