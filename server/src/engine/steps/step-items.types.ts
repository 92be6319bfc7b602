import type { Item } from '@wfaib/sdk/items';
import type { ItemChunk, ItemSink, LargeItems } from '../../data/item-chunks.types.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import type { StepRow } from '../journal/run-row.types.js';
import type { RunMemory } from '../runner/run-memory.js';

/** Items that left a port: here, or where they are. */
export type FoundItems = { items: readonly Item[] } | LargeItems;

/** A port of a visit whose items somebody asks for. */
export interface ItemsPlace {
  step: StepKey;
  port: string;
}

/** Where the items of a run are found and put, whatever keeps them. */
export interface StepItems {
  /** Items that left ports, in the order of the ports; none where nothing did or they were not kept. */
  find(memory: RunMemory, places: readonly ItemsPlace[]): Promise<FoundItems[]>;
  /** Rows of visits, those of loop rounds that ended long ago included; visits that never began have none. */
  rows(memory: RunMemory, steps: readonly StepKey[]): Promise<ReadonlyMap<StepKey, StepRow>>;
  read(chunk: ItemChunk): Promise<Item[]>;
  /** What an earlier try of this step finished, by item. */
  finished(memory: RunMemory, step: StepKey): Promise<ReadonlyMap<number, ItemOutcome>>;
  /** Takes items that are too many for memory; absent where everything stays in memory. */
  writer?(runId: string): ItemSink;
}
