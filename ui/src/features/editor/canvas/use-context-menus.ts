import type { Edge, Node } from '@xyflow/react';
import type { MouseEvent as ReactMouseEvent } from 'react';
import { useEditorStore } from '../editor-store.js';
import { useCanvasActions } from './canvas-actions.js';
import type { GroupNode } from './extra-elements.js';

type Pointed = ReactMouseEvent | MouseEvent;

/** Opens the menu of what was clicked with the other button; what was not selected becomes the selection. */
export function useContextMenus() {
  const store = useEditorStore();
  const { openMenu } = useCanvasActions();
  const open = (event: Pointed) => {
    event.preventDefault();
    openMenu({ x: event.clientX, y: event.clientY });
  };
  const stepsOf = (node: Node) => (node.type === 'step' ? [node.id] : (node as GroupNode).data.group.nodes);
  return {
    onNodeContextMenu: (event: Pointed, node: Node) => {
      const { selection, select } = store.getState();
      if (node.type === 'note') select({ notes: [node.id] });
      else if (!stepsOf(node).every((id) => selection.nodes.includes(id))) select({ nodes: stepsOf(node) });
      open(event);
    },
    onEdgeContextMenu: (event: Pointed, edge: Edge) => {
      if (edge.type === 'connection') store.getState().select({ connections: [edge.id] });
      open(event);
    },
    onPaneContextMenu: (event: Pointed) => {
      store.getState().select({});
      open(event);
    },
    onSelectionContextMenu: open,
  };
}
