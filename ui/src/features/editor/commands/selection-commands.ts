import { useMemo } from 'react';
import { notify } from '../../../shared/components/toasts.js';
import { newId } from '../../../shared/hooks/new-id.js';
import { useEditorStore } from '../editor-store.js';
import type { EditorStore } from '../editor-store.js';
import { clipOf, paste } from '../graph/clipboard.js';
import type { Clip } from '../graph/clipboard.js';
import { disconnect } from '../graph/connect.js';
import type { Point } from '../graph/geometry.js';
import { groupSteps, groupsOf, ungroupSteps } from '../graph/groups.js';
import { addNote, removeNotes } from '../graph/notes.js';
import type { CurlRequest } from '../importing/read-curl.js';
import { removeAndReconnect, removeNodes } from '../graph/remove-nodes.js';
import { uniqueName } from '../graph/unique-name.js';
import { t } from '../../../shared/i18n/i18n.js';

/** What keys, menus and buttons do with the selection. */
export function selectionCommands(store: EditorStore) {
  const state = () => store.getState();
  const selected = () => new Set(state().selection.nodes);
  const clearSelection = () => state().select({});
  return {
    remove: () => {
      const { nodes, connections, notes } = state().selection;
      if (nodes.length + connections.length + notes.length === 0) return;
      const what =
        nodes.length > 0
          ? t('editor.deleteStep')
          : notes.length > 0
            ? t('editor.deleteNote')
            : t('editor.removeConnection');
      state().edit(what, (document) => {
        removeNodes(document, new Set(nodes));
        disconnect(document, new Set(connections));
        removeNotes(document, new Set(notes));
      });
      clearSelection();
    },
    removeAndReconnect: () => {
      state().edit(t('editor.deleteReconnect'), (document) => removeAndReconnect(document, selected()));
      clearSelection();
    },
    duplicate: () => {
      const { history, selection } = state();
      if (selection.nodes.length === 0) return;
      insert(store, clipOf(history.document, selected()), undefined, t('editor.duplicate'));
    },
    toggleDisabled: () => {
      const { history, edit } = state();
      const ids = selected();
      const disable = history.document.nodes.some((node) => ids.has(node.id) && !node.disabled);
      edit(disable ? t('editor.disableStep') : t('editor.enableStep'), (document) => {
        for (const node of document.nodes) {
          if (!ids.has(node.id)) continue;
          if (disable) node.disabled = true;
          else delete node.disabled;
        }
      });
    },
    group: (id: string) => {
      const taken = new Set(groupsOf(state().history.document).map(({ name }) => name));
      state().edit(t('editor.group.one'), (document) =>
        groupSteps(document, selected(), id, uniqueName(t('editor.group.make'), taken)),
      );
    },
    ungroup: () => state().edit(t('editor.ungroup'), (document) => ungroupSteps(document, selected())),
    isGrouped: () => {
      const ids = selected();
      return groupsOf(state().history.document).some(({ nodes }) => nodes.some((id) => ids.has(id)));
    },
    note: (id: string, position: Point) => {
      state().edit(t('editor.addNote'), (document) => addNote(document, id, position));
      state().select({ notes: [id] });
      state().set({ editingNote: id });
    },
    /** The selection as JSON text; `undefined` where nothing is selected. */
    copy: () => {
      const { history, selection } = state();
      if (selection.nodes.length + selection.notes.length === 0) return undefined;
      return JSON.stringify(clipOf(history.document, selected(), new Set(selection.notes)), null, 2);
    },
    /** A cURL command as an HTTP step. */
    pasteRequest: ({ parameters, secrets }: CurlRequest, at?: Point) => {
      const step = {
        id: 'curl',
        name: t('editor.httpRequest'),
        type: 'http.request',
        parameters,
        onError: 'stop' as const,
      };
      insert(
        store,
        { wfaib: 1, nodes: [{ ...step, position: at ? [...at] : [0, 0] }], connections: [] },
        at,
        t('editor.paste'),
      );
      const [id] = state().selection.nodes;
      if (id) state().openStep(id);
      if (secrets.length > 0) notify(t('editor.pasteSecrets', { names: secrets.join(', ') }));
    },
    /** `name` is that of the workflow the clip is; one that is empty and has no name of its own takes it. */
    pasteClip: (clip: Clip, at?: Point, name?: string) => {
      const count = insert(store, clip, at, t('editor.paste'), name);
      if (count > 0) notify(t('editor.pasted', { count }));
    },
    selectAll: () => {
      const { nodes, notes = [] } = state().history.document;
      state().select({ nodes: nodes.map(({ id }) => id), notes: notes.map(({ id }) => id) });
    },
  };
}

/** Puts what was copied into the document; answers how many steps came in. */
function insert(store: EditorStore, clip: Clip, at: Point | undefined, label: string, name?: string): number {
  if (clip.nodes.length + (clip.notes?.length ?? 0) === 0) return 0;
  let ids: string[] = [];
  store.getState().edit(label, (document) => {
    if (name !== undefined && document.nodes.length === 0 && document.name === t('workflows.untitled'))
      document.name = name;
    ids = paste(document, clip, { newId, ...(at ? { at } : {}) });
  });
  store.getState().select({ nodes: ids });
  return ids.length;
}

export function useSelectionCommands() {
  const store = useEditorStore();
  return useMemo(() => selectionCommands(store), [store]);
}
