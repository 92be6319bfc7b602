import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import type { StepKey, StepVisit } from '../../interpreter/run-events.types.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunMemory } from '../runner/run-memory.js';
import { finishedPort } from '../runner/record-outcome.js';
import { joinedInput } from './joined-input.js';

/** Items that are kept in memory per run, counted as items. */
const maxKept = 20_000;

/** Finds the items of a run: in its memory, else in the database. */
@Injectable()
export class RunItems {
  constructor(private readonly journal: JournalReader) {}

  /** Items that left a port; empty where none did or they were not kept. */
  async of(memory: RunMemory, step: StepKey, port: string): Promise<readonly Item[]> {
    const key = `${step}\n${port}`;
    const known = memory.items.get(key);
    if (known) return known;
    const items = (await this.journal.items(memory.run.id, step, port)) ?? [];
    memory.items.set(key, items);
    this.#shrink(memory);
    return items;
  }

  /** Items of an input port, arrivals joined. */
  input(memory: RunMemory, visit: StepVisit, port: string): Promise<readonly Item[]> {
    return joinedInput(visit, port, (step, from) => this.of(memory, step, from));
  }

  /** What an earlier try of this step finished, by item. */
  async finished(memory: RunMemory, step: StepKey): Promise<ReadonlyMap<number, ItemOutcome>> {
    const drafted = memory.draft.data.get(`${step}\n${finishedPort}`)?.body;
    const text = drafted ?? (await this.journal.text(memory.run.id, step, finishedPort));
    return new Map(text === undefined ? [] : (JSON.parse(text) as [number, ItemOutcome][]));
  }

  /** What is drafted is not in the database yet: it stays. */
  #shrink(memory: RunMemory): void {
    let total = 0;
    for (const items of memory.items.values()) total += items.length;
    for (const [key, items] of memory.items) {
      if (total <= maxKept) return;
      if (memory.draft.data.has(key)) continue;
      memory.items.delete(key);
      total -= items.length;
    }
  }
}
