import type { Node } from '@xyflow/react';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { cardHeight, cardWidth } from '../graph/geometry.js';
import { boundsOf, groupsOf } from '../graph/groups.js';
import type { Group } from '../graph/groups.js';
import { noteSize } from '../graph/notes.js';
import type { Note } from '../graph/notes.js';

export type NoteNode = Node<{ note: Note }, 'note'>;
export type GroupNode = Node<{ group: Group }, 'box' | 'folded'>;
type Places = ReadonlyMap<string, readonly [number, number]>;

/** React Flow says "node", in English, of what says itself what it is. */
export const noRole = { 'aria-roledescription': undefined };

const groupPrefix = 'group:';
export const groupElementId = (id: string) => `${groupPrefix}${id}`;
/** The group an element stands for, `undefined` for steps and notes. */
export const groupOfElement = (id: string) => (id.startsWith(groupPrefix) ? id.slice(groupPrefix.length) : undefined);

export function noteElements(document: WorkflowDocument, selected: ReadonlySet<string>, dragged: Places): NoteNode[] {
  return (document.notes ?? []).map((note) => {
    const [x, y] = dragged.get(note.id) ?? note.position ?? [0, 0];
    const [width, height] = note.size ?? noteSize;
    return {
      id: note.id,
      type: 'note',
      position: { x, y },
      width,
      height,
      measured: { width, height },
      selected: selected.has(note.id),
      zIndex: -1,
      domAttributes: noRole,
      data: { note },
    };
  });
}

/** Boxes around open groups, and one card for each collapsed one. */
export function groupElements(document: WorkflowDocument, selected: ReadonlySet<string>, dragged: Places): GroupNode[] {
  return groupsOf(document).flatMap((group): GroupNode[] => {
    const bounds = boundsOf(document, group, (id) => dragged.get(id));
    if (!bounds) return [];
    const folded = group.collapsed === true;
    const size = folded ? { width: cardWidth, height: cardHeight } : { width: bounds.width, height: bounds.height };
    const first = group.nodes[0] ?? '';
    const [x, y] = dragged.get(first) ?? document.nodes.find(({ id }) => id === first)?.position ?? [0, 0];
    return [
      {
        id: groupElementId(group.id),
        type: folded ? 'folded' : 'box',
        position: folded ? { x, y } : { x: bounds.x, y: bounds.y },
        ...size,
        measured: size,
        selectable: false,
        dragHandle: '.wf-group-title',
        selected: group.nodes.every((id) => selected.has(id)),
        zIndex: folded ? 0 : -2,
        domAttributes: noRole,
        ...(folded
          ? {
              handles: [
                {
                  id: 'in',
                  type: 'target' as const,
                  position: 'left' as never,
                  x: -4,
                  y: size.height / 2 - 5,
                  width: 10,
                  height: 10,
                },
                {
                  id: 'out',
                  type: 'source' as const,
                  position: 'right' as never,
                  x: size.width - 6,
                  y: size.height / 2 - 5,
                  width: 10,
                  height: 10,
                },
              ],
            }
          : {}),
        data: { group },
      },
    ];
  });
}
