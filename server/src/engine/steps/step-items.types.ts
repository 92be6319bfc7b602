import type { Item } from '@wfaib/sdk/items';
import type { ItemChunk, ItemSink, LargeItems } from '../../data/item-chunks.types.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import type { ItemOutcome } from '../../nodes/core-node.types.js';
import type { RunMemory } from '../runner/run-memory.js';

/** Items that left a port: here, or where they are. */
export type FoundItems = { items: readonly Item[] } | LargeItems;

/** Where the items of a run are found and put, whatever keeps them. */
export interface StepItems {
  /** Items that left a port; none where nothing did or they were not kept. */
  find(memory: RunMemory, step: StepKey, port: string): Promise<FoundItems>;
  read(chunk: ItemChunk): Promise<Item[]>;
  /** What an earlier try of this step finished, by item. */
  finished(memory: RunMemory, step: StepKey): Promise<ReadonlyMap<number, ItemOutcome>>;
  /** Takes items that are too many for memory; absent where everything stays in memory. */
  writer?(runId: string): ItemSink;
}
