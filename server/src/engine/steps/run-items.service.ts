import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import { ItemChunks } from '../../data/item-chunks.service.js';
import type { ItemChunk, ItemSink } from '../../data/item-chunks.types.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RunMemory } from '../runner/run-memory.js';
import { finishedPort } from '../runner/step-leftover.js';
import { PortItems } from './port-items.js';
import type { FoundItems, ItemsPlace, StepItems } from './step-items.types.js';

/** Ports whose items are read with one query. */
const partPlaces = 1_000;
/** Chunks that are kept after they were read, those of all runs together. */
const recentChunks = 4;
/** Items of more ports than this are read for one step and not kept. */
const fewPlaces = 100;

/** Finds the items of a run: in its memory, else in the database, where they may be named as chunks of the data store. */
@Injectable()
export class RunItems implements StepItems {
  /** A loop asks for the same chunk in round after round. */
  readonly #recent = new Map<string, Promise<Item[]>>();

  constructor(
    private readonly journal: JournalReader,
    private readonly chunks: ItemChunks,
  ) {}

  async find(memory: RunMemory, places: readonly ItemsPlace[]): Promise<FoundItems[]> {
    const held = places.map(({ step, port }) => memory.items.get(step, port));
    const missing = places.filter((_, index) => held[index] === undefined);
    if (missing.length === 0) return held as FoundItems[];
    const stored = await this.#stored(memory, missing);
    return held.map((found, index) => found ?? stored.get(keyOf(places[index]!)) ?? { items: [] });
  }

  async #stored(memory: RunMemory, places: readonly ItemsPlace[]): Promise<Map<string, FoundItems>> {
    const all = new Map<string, FoundItems>();
    for (let first = 0; first < places.length; first += partPlaces) {
      const rows = await this.journal.itemsOf(memory.run.id, places.slice(first, first + partPlaces));
      for (const row of rows) {
        all.set(keyOf(row), row.found);
        // What gathers the items of a whole loop would push out all that is needed again.
        if (places.length <= fewPlaces) memory.items.put(row.step, row.port, row.found, row.chars);
      }
    }
    return all;
  }

  async rows(memory: RunMemory, steps: readonly StepKey[]): Promise<ReadonlyMap<StepKey, StepRow>> {
    const rows = new Map<StepKey, StepRow>();
    const missing = new Set<StepKey>();
    for (const step of steps) {
      const row = memory.steps.get(step);
      if (row) rows.set(step, row);
      // A visit that is remembered and has no row has not begun.
      else if (!memory.state.visits.has(step) && !memory.rowless.has(step)) missing.add(step);
    }
    if (missing.size === 0) return rows;
    for (const row of await this.journal.stepsOf(memory.run.id, [...missing])) rows.set(row.step, row);
    for (const step of missing) if (!rows.has(step)) memory.rowless.add(step);
    return rows;
  }

  /** Items that left a port, in memory. @throws StepFailure `step.inputTooLarge` */
  async all(memory: RunMemory, step: StepKey, port: string): Promise<readonly Item[]> {
    const [found = { items: [] }] = await this.find(memory, [{ step, port }]);
    if ('items' in found) return found.items;
    const all = new PortItems(port, [{ step, port, count: found.count }], [found], this);
    await all.load();
    return all.items;
  }

  read(chunk: ItemChunk): Promise<Item[]> {
    const key = `${chunk.blob}:${chunk.at}`;
    const items = this.#recent.get(key) ?? this.chunks.read(chunk);
    this.#recent.delete(key);
    this.#recent.set(key, items);
    items.catch(() => this.#recent.delete(key));
    for (const oldest of this.#recent.keys()) if (this.#recent.size > recentChunks) this.#recent.delete(oldest);
    return items;
  }

  writer(runId: string): ItemSink {
    return this.chunks.writer(runId);
  }

  async finished(memory: RunMemory, step: StepKey): Promise<ReadonlyMap<number, ItemOutcome>> {
    const drafted = memory.draft.data.get(`${step}\n${finishedPort}`)?.body;
    const text = drafted ?? (await this.journal.text(memory.run.id, step, finishedPort));
    return new Map(text === undefined ? [] : (JSON.parse(text) as [number, ItemOutcome][]));
  }
}

const keyOf = ({ step, port }: ItemsPlace): string => `${step}\n${port}`;
