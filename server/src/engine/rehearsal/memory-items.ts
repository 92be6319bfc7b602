import type { Item } from '@wfaib/sdk/items';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { finishedPort } from '../runner/step-leftover.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { StepItems } from '../steps/step-items.types.js';

/** The items of a run that lives in memory alone: nothing is ever dropped, nothing is stored elsewhere. */
export const memoryItems: StepItems = {
  find: (memory, places) => Promise.resolve(places.map(({ step, port }) => ({ items: itemsIn(memory, step, port) }))),
  rows: (memory) => Promise.resolve(memory.steps),
  read: () => Promise.reject(new Error('A rehearsal stores nothing.')),
  finished: (memory, step) => {
    const text = memory.draft.data.get(`${step}\n${finishedPort}`)?.body;
    return Promise.resolve(new Map(text === undefined ? [] : (JSON.parse(text) as [number, ItemOutcome][])));
  },
};

export function itemsIn(memory: RunMemory, step: string, port: string): readonly Item[] {
  const found = memory.items.get(step, port);
  return found && 'items' in found ? found.items : [];
}
