import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import { ChunkWriter } from './chunk-writer.js';
import { DataStore } from './data-store.service.js';
import type { ItemChunk, ItemSink, LargeItems } from './item-chunks.types.js';

/** Reads and writes items that are stored in chunks. */
@Injectable()
export class ItemChunks {
  constructor(private readonly store: DataStore) {}

  /** Takes items of a run, chunk by chunk. */
  writer(runId: string): ItemSink {
    return new ChunkWriter(runId, this.store);
  }

  async read({ run, blob, at, bytes }: ItemChunk): Promise<Item[]> {
    const parts: Uint8Array[] = [];
    for await (const part of this.store.read({ runId: run, id: blob }, at, at + bytes)) parts.push(part);
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as Item[];
  }

  /** Items from `offset` on, at most `limit`; only the chunks that hold them are read. */
  async page({ chunks }: LargeItems, offset: number, limit: number): Promise<Item[]> {
    const found: Item[] = [];
    let first = 0;
    for (const chunk of chunks) {
      const end = first + chunk.items;
      if (end > offset && found.length < limit) {
        const from = Math.max(0, offset - first);
        for (const item of (await this.read(chunk)).slice(from, from + limit - found.length)) found.push(item);
      }
      first = end;
    }
    return found;
  }
}
