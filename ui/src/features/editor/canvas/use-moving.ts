import type { NodeChange } from '@xyflow/react';
import { useState } from 'react';
import { useEditorStore } from '../editor-store.js';
import type { EditorState } from '../editor-store.js';
import { connectionKey } from '../graph/connect.js';
import { cardHeight, cardWidth } from '../graph/geometry.js';
import { boundsOf, groupsOf } from '../graph/groups.js';
import { stepsOn } from '../graph/notes.js';
import { connectionUnder, spliceInto } from '../graph/splice.js';
import { groupOfElement } from './extra-elements.js';
import type { CanvasNode } from './flow-elements.js';
import { t } from '../../../shared/i18n/i18n.js';

type Place = [number, number];
export type Dragged = ReadonlyMap<string, Place>;

const none: Dragged = new Map();

/**
 * Where things are while they are dragged; letting go makes it one change of the document. A group takes its steps
 * along, a note those that lie on it while Alt is held, and a loose step let go over a connection goes into it.
 */
export function useMoving() {
  const store = useEditorStore();
  const [dragged, setDragged] = useState(none);

  const onMove = (changes: readonly NodeChange<CanvasNode>[], alt: boolean): void => {
    const moves = changes.filter((change) => change.type === 'position');
    if (moves.length === 0) return;
    const state = store.getState();
    const places = new Map(dragged);
    for (const { id, position } of moves) {
      if (!position) continue;
      const place: Place = [Math.round(position.x), Math.round(position.y)];
      const group = groupOfElement(id);
      if (group !== undefined) moveMembers(state, group, place, places);
      else {
        if (alt) moveUnderNote(state, id, place, places);
        places.set(id, place);
      }
    }
    if (moves.some((move) => move.dragging)) {
      setDragged(places);
      const target = spliceTarget(state, places);
      const key = target && connectionKey(target);
      if (key !== state.spliceTarget) state.set({ spliceTarget: key });
      return;
    }
    setDragged(none);
    const target = spliceTarget(state, places);
    state.set({ spliceTarget: undefined });
    state.edit(target ? t('editor.insertStep') : t('editor.move'), (draft) => {
      for (const element of [...draft.nodes, ...(draft.notes ?? [])]) {
        const place = places.get(element.id);
        if (place && (place[0] !== element.position?.[0] || place[1] !== element.position[1])) element.position = place;
      }
      const [id] = places.keys();
      if (target && id !== undefined) spliceInto(draft, state.catalog, id, target);
    });
  };
  return { dragged, onMove };
}

function spliceTarget({ history, catalog }: EditorState, places: Dragged) {
  const [[id, [x, y]] = ['', [0, 0]] as const] = places;
  if (places.size !== 1) return undefined;
  return connectionUnder(history.document, catalog, [x + cardWidth / 2, y + cardHeight / 2], id);
}

function moveMembers({ history }: EditorState, groupId: string, [x, y]: Place, places: Map<string, Place>): void {
  const { document } = history;
  const group = groupsOf(document).find(({ id }) => id === groupId);
  if (!group) return;
  const first = document.nodes.find(({ id }) => id === group.nodes[0]);
  const box = boundsOf(document, group);
  const open: Place = [box?.x ?? 0, box?.y ?? 0];
  const corner: Place = group.collapsed ? (first?.position ?? [0, 0]) : open;
  shift(document.nodes, group.nodes, x - corner[0], y - corner[1], places);
}

function moveUnderNote({ history }: EditorState, noteId: string, [x, y]: Place, places: Map<string, Place>): void {
  const { document } = history;
  const note = document.notes?.find(({ id }) => id === noteId);
  if (!note) return;
  const [left, top] = note.position ?? [0, 0];
  shift(document.nodes, stepsOn(document, note), x - left, y - top, places);
}

function shift(
  nodes: readonly { id: string; position?: Place | undefined }[],
  ids: readonly string[],
  dx: number,
  dy: number,
  places: Map<string, Place>,
): void {
  const wanted = new Set(ids);
  for (const { id, position: [x, y] = [0, 0] } of nodes) if (wanted.has(id)) places.set(id, [x + dx, y + dy]);
}
