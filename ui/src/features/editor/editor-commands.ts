import { useMemo } from 'react';
import { notify } from '../../shared/components/toasts.js';
import { newId } from '../../shared/hooks/new-id.js';
import { useEditorStore } from './editor-store.js';
import type { EditorStore } from './editor-store.js';
import { clipOf, paste } from './graph/clipboard.js';
import type { Clip } from './graph/clipboard.js';
import { disconnect } from './graph/connect.js';
import type { Point } from './graph/geometry.js';
import { removeAndReconnect, removeNodes } from './graph/remove-nodes.js';

/** What keys, menus and buttons do with the selection. */
export function editorCommands(store: EditorStore) {
  const state = () => store.getState();
  const selected = () => new Set(state().selection.nodes);
  const clearSelection = () => state().select({});
  return {
    remove: () => {
      const { selection, edit } = state();
      if (selection.nodes.length + selection.connections.length === 0) return;
      edit(selection.nodes.length > 0 ? 'Delete step' : 'Remove connection', (document) => {
        removeNodes(document, new Set(selection.nodes));
        disconnect(document, new Set(selection.connections));
      });
      clearSelection();
    },
    removeAndReconnect: () => {
      state().edit('Delete and reconnect', (document) => removeAndReconnect(document, selected()));
      clearSelection();
    },
    duplicate: () => {
      const { history, selection } = state();
      if (selection.nodes.length === 0) return;
      insert(store, clipOf(history.document, selected()), undefined, 'Duplicate');
    },
    toggleDisabled: () => {
      const { history, edit } = state();
      const ids = selected();
      const disable = history.document.nodes.some((node) => ids.has(node.id) && !node.disabled);
      edit(disable ? 'Disable step' : 'Enable step', (document) => {
        for (const node of document.nodes) {
          if (!ids.has(node.id)) continue;
          if (disable) node.disabled = true;
          else delete node.disabled;
        }
      });
    },
    /** The selection as JSON text; `undefined` where nothing is selected. */
    copy: () => {
      const { history, selection } = state();
      return selection.nodes.length === 0 ? undefined : JSON.stringify(clipOf(history.document, selected()), null, 2);
    },
    pasteClip: (clip: Clip, at?: Point) => insert(store, clip, at, 'Paste'),
    selectAll: () => state().select({ nodes: state().history.document.nodes.map((node) => node.id) }),
  };
}

function insert(store: EditorStore, clip: Clip, at: Point | undefined, label: string): void {
  if (clip.nodes.length === 0) return;
  let ids: string[] = [];
  store.getState().edit(label, (document) => {
    ids = paste(document, clip, { newId, ...(at ? { at } : {}) });
  });
  store.getState().select({ nodes: ids });
  if (label === 'Paste') notify(ids.length === 1 ? 'Pasted 1 step.' : `Pasted ${ids.length} steps.`);
}

export function useEditorCommands() {
  const store = useEditorStore();
  return useMemo(() => editorCommands(store), [store]);
}
