import type { Item } from '@wfaib/sdk/items';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { DataRow } from '../journal/run-row.types.js';

/** The items of a step as rows, and how many left which port. Ports without items are left out. */
export function putOutputs(
  step: StepKey,
  outputs: Record<string, Item[]>,
): { counts: Record<string, number>; rows: DataRow[] } {
  const counts: Record<string, number> = {};
  const rows: DataRow[] = [];
  for (const [port, items] of Object.entries(outputs)) {
    if (items.length === 0) continue;
    counts[port] = items.length;
    rows.push({ step, port, body: JSON.stringify(items), items: items.length });
  }
  return { counts, rows };
}
