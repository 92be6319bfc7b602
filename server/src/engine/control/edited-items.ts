import { createHash } from 'node:crypto';
import type { Item, ItemInput, ItemSource } from '@wfaib/sdk/items';
import type { Arrival, RunEvent } from '../../interpreter/run-events.types.js';
import { editedInput, inputPort } from '../../interpreter/step-keys.js';
import type { VisitProgress } from '../../interpreter/run-state.js';
import { canonicalJson } from '../../plan/canonical-json.js';
import type { DataRow } from '../journal/run-row.types.js';

/** Names items by their content, so that the same edit names the same steps and another one others. 16 hex digits. */
export function editOf(items: readonly ItemInput[]): string {
  const content = items.map(({ json, files }) => [json, files ?? null]);
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
}

/** Gives a visit that has not begun other items: the event, and the items as a row. */
export function editInputOf(
  { visit }: VisitProgress,
  items: readonly ItemInput[],
  at: number,
): { event: Extract<RunEvent, { type: 'input.edited' }>; row: DataRow } {
  const edit = editOf(items);
  const places = placesOf(visit.inputs.find(({ arrivals }) => arrivals.length > 0)?.arrivals ?? []);
  const body: Item[] = items.map((item, index) => ({ ...item, source: standInFor(places, index, items.length) }));
  return {
    event: { type: 'input.edited', at, visit: visit.key, count: items.length, edit },
    row: { step: editedInput(visit.key, edit), port: inputPort, body: JSON.stringify(body), items: items.length },
  };
}

function placesOf(arrivals: readonly Arrival[]): ItemSource[] {
  return arrivals.flatMap(({ step, port, count }) =>
    Array.from({ length: count }, (_, item) => ({ step, port, item })),
  );
}

/** As many items as before stand each for one of them, several for a single one all for that. */
function standInFor(places: readonly ItemSource[], index: number, count: number): ItemSource[] {
  if (places.length === 1) return [places[0]!];
  return places.length === count ? [places[index]!] : [];
}
