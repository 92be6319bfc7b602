import type { Item } from '@wfaib/sdk/items';

/** A run of items that are stored together: a JSON array of bytes `at` up to `at + bytes` of a blob. */
export interface ItemChunk {
  /** The run that stored it: one that was made from another may name what that one has. */
  run: string;
  blob: string;
  at: number;
  bytes: number;
  items: number;
}

/** Items that are too many to be held in memory. */
export interface LargeItems {
  count: number;
  chunks: ItemChunk[];
}

/** Takes items one by one and stores them in chunks. */
export interface ItemSink {
  /** @returns a promise where a chunk is full: wait for it before the next item */
  add(item: Item): Promise<void> | undefined;
  /** The same with the item as JSON. */
  addText(text: string): Promise<void> | undefined;
  end(): Promise<LargeItems>;
  /** Takes everything back. */
  discard(): Promise<void>;
}

/** Bytes of JSON in all chunks. */
export function bytesOf({ chunks }: LargeItems): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes, 0);
}
