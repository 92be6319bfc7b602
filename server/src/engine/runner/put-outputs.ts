import type { Item } from '@wfaib/sdk/items';
import type { LargeItems } from '../../data/item-chunks.types.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { DataRow } from '../journal/run-row.types.js';
import type { RunMemory } from './run-memory.js';

/** What a step sends on: items by port, in memory or stored already. */
export interface StepOutputs {
  outputs: Record<string, Item[]>;
  /** Ports whose items are stored; they are not among `outputs`. */
  large?: Record<string, LargeItems>;
}

/** The items of a step as rows, and how many left which port. Ports without items are left out. */
export function putOutputs(
  step: StepKey,
  { outputs, large = {} }: StepOutputs,
): { counts: Record<string, number>; rows: DataRow[] } {
  const counts: Record<string, number> = {};
  const rows: DataRow[] = [];
  for (const [port, items] of Object.entries(outputs)) {
    if (items.length === 0) continue;
    counts[port] = items.length;
    rows.push({ step, port, body: JSON.stringify(items), items: items.length });
  }
  for (const [port, { count, chunks }] of Object.entries(large)) {
    counts[port] = count;
    rows.push({ step, port, body: '[]', items: count, chunks });
  }
  return { counts, rows };
}

/** Hands the rows to the next append and lets later steps find the items. */
export function keepOutputs(memory: RunMemory, step: StepKey, made: StepOutputs, rows: readonly DataRow[]): void {
  for (const row of rows) {
    memory.draft.addData(row);
    const found = made.large?.[row.port] ?? { items: made.outputs[row.port] ?? [] };
    memory.items.put(step, row.port, found, row.body.length);
  }
}
