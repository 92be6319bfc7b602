import type { Item } from '@wfaib/sdk/items';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { finishedPort } from '../runner/step-leftover.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { StepItems } from '../steps/step-items.types.js';

/** The items of a run that lives in memory alone: nothing is ever dropped, nothing is stored elsewhere. */
export const memoryItems: StepItems = {
  find: (memory, step, port) => Promise.resolve({ items: itemsIn(memory, step, port) }),
  read: () => Promise.reject(new Error('A rehearsal stores nothing.')),
  finished: (memory, step) => {
    const text = memory.draft.data.get(`${step}\n${finishedPort}`)?.body;
    return Promise.resolve(new Map(text === undefined ? [] : (JSON.parse(text) as [number, ItemOutcome][])));
  },
};

export function itemsIn(memory: RunMemory, step: string, port: string): readonly Item[] {
  return memory.items.get(`${step}\n${port}`) ?? [];
}
