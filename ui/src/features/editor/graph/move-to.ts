import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { stepsOn } from './notes.js';

/** Moves steps to new places, and each note with the steps that lie on it: as far as the uppermost left of them goes. */
export function moveTo(document: WorkflowDocument, places: Readonly<Record<string, readonly [number, number]>>): void {
  for (const note of document.notes ?? []) {
    const moved = stepsOn(document, note).filter((id) => places[id]);
    if (moved.length === 0) continue;
    const before = corner(document.nodes.filter(({ id }) => moved.includes(id)).map(({ position }) => position));
    const after = corner(moved.map((id) => places[id]));
    const [x, y] = note.position ?? [0, 0];
    note.position = [x + after[0] - before[0], y + after[1] - before[1]];
  }
  for (const node of document.nodes) {
    const place = places[node.id];
    if (place) node.position = [...place];
  }
}

function corner(points: readonly (readonly [number, number] | undefined)[]): [number, number] {
  return [Math.min(...points.map((point) => point?.[0] ?? 0)), Math.min(...points.map((point) => point?.[1] ?? 0))];
}
