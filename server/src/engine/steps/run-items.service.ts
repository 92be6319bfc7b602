import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import { ItemChunks } from '../../data/item-chunks.service.js';
import type { ItemChunk, ItemSink } from '../../data/item-chunks.types.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunMemory } from '../runner/run-memory.js';
import { finishedPort } from '../runner/step-leftover.js';
import { PortItems } from './port-items.js';
import type { FoundItems, StepItems } from './step-items.types.js';

/** Items that are kept in memory per run, counted as items. */
const maxKept = 20_000;

/** Finds the items of a run: in its memory, else in the database, where they may be named as chunks of the data store. */
@Injectable()
export class RunItems implements StepItems {
  constructor(
    private readonly journal: JournalReader,
    private readonly chunks: ItemChunks,
  ) {}

  async find(memory: RunMemory, step: StepKey, port: string): Promise<FoundItems> {
    const key = `${step}\n${port}`;
    const known = memory.items.get(key);
    if (known) return { items: known };
    const large = memory.large.get(key);
    if (large) return large;
    const found = (await this.journal.items(memory.run.id, step, port)) ?? { items: [] };
    if ('chunks' in found) memory.large.set(key, found);
    else {
      memory.items.set(key, found.items);
      this.#shrink(memory);
    }
    return found;
  }

  /** Items that left a port, in memory. @throws StepFailure `step.inputTooLarge` */
  async all(memory: RunMemory, step: StepKey, port: string): Promise<readonly Item[]> {
    const found = await this.find(memory, step, port);
    if ('items' in found) return found.items;
    const all = new PortItems(port, [{ step, port, count: found.count }], [found], this);
    await all.load();
    return all.items;
  }

  read(chunk: ItemChunk): Promise<Item[]> {
    return this.chunks.read(chunk);
  }

  writer(runId: string): ItemSink {
    return this.chunks.writer(runId);
  }

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
