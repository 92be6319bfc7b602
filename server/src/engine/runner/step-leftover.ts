import type { Item } from '@wfaib/sdk/items';
import { donePort } from '../../interpreter/compensation.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import type { RunMemory } from './run-memory.js';

/** Port under which the finished items of a failed try are kept for the next one. No node can have a port of this name. */
export const finishedPort = '@finished';

/** Keeps what a failed try had finished, so that the next one works on the rest alone. */
export function keepFinished(memory: RunMemory, step: string, finished: ReadonlyMap<number, ItemOutcome>): void {
  if (finished.size === 0) return;
  memory.draft.addData({ step, port: finishedPort, body: JSON.stringify([...finished]), items: finished.size });
}

/**
 * Keeps the items that a failed try had done, for the node that undoes them.
 * @returns how many there are
 */
export function keepDone(memory: RunMemory, step: string, finished: ReadonlyMap<number, ItemOutcome>): number {
  const items = doneItems(finished);
  if (items.length === 0) return 0;
  const body = JSON.stringify(items);
  memory.draft.addData({ step, port: donePort, body, items: items.length });
  memory.items.put(step, donePort, { items }, body.length);
  return items.length;
}

/** In the order of the input, the ports of each item in theirs. */
function doneItems(finished: ReadonlyMap<number, ItemOutcome>): Item[] {
  return [...finished]
    .sort(([a], [b]) => a - b)
    .flatMap(([, outcome]) => (outcome.ok ? Object.values(outcome.outputs).flat() : []));
}
