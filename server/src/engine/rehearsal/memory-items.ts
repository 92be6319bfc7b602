import type { Item } from '@wfaib/sdk/items';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { finishedPort } from '../runner/record-outcome.js';
import type { RunMemory } from '../runner/run-memory.js';
import { joinedInput } from '../steps/joined-input.js';
import type { StepItems } from '../steps/step-items.types.js';

/** The items of a run that lives in memory alone: nothing is ever dropped. */
export const memoryItems: StepItems = {
  of: (memory, step, port) => Promise.resolve(itemsIn(memory, step, port)),
  input: (memory, visit, port) =>
    joinedInput(visit, port, (step, from) => Promise.resolve(itemsIn(memory, step, from))),
  finished: (memory, step) => {
    const text = memory.draft.data.get(`${step}\n${finishedPort}`)?.body;
    return Promise.resolve(new Map(text === undefined ? [] : (JSON.parse(text) as [number, ItemOutcome][])));
  },
};

export function itemsIn(memory: RunMemory, step: string, port: string): readonly Item[] {
  return memory.items.get(`${step}\n${port}`) ?? [];
}
