import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { cardHeight, cardWidth } from './geometry.js';
import type { Point } from './geometry.js';

export type Note = NonNullable<WorkflowDocument['notes']>[number];

/** The colours a note can have; the first is what it has without one. */
export const noteColors = ['yellow', 'blue', 'green', 'pink', 'purple', 'grey'] as const;
export const noteSize: Point = [240, 120];

export function addNote(document: WorkflowDocument, id: string, position: Point): void {
  document.notes = [...(document.notes ?? []), { id, text: '', position: [...position], size: [...noteSize] }];
}

export function editNote(document: WorkflowDocument, id: string, change: (note: Note) => void): void {
  const note = document.notes?.find((candidate) => candidate.id === id);
  if (note) change(note);
}

export function removeNotes(document: WorkflowDocument, ids: ReadonlySet<string>): void {
  if (!document.notes?.some(({ id }) => ids.has(id))) return;
  document.notes = document.notes.filter(({ id }) => !ids.has(id));
  if (document.notes.length === 0) delete document.notes;
}

/** Steps that lie fully on a note. */
export function stepsOn(document: WorkflowDocument, note: Note): string[] {
  const [left, top] = note.position ?? [0, 0];
  const [width, height] = note.size ?? noteSize;
  return document.nodes
    .filter(({ position: [x, y] = [0, 0] }) => x >= left && y >= top)
    .filter(({ position: [x, y] = [0, 0] }) => x + cardWidth <= left + width && y + cardHeight <= top + height)
    .map(({ id }) => id);
}
