import type { Item } from '@wfaib/sdk/items';
import type { BlobWriter, DataStore } from './data-store.service.js';
import type { ItemChunk, ItemSink, LargeItems } from './item-chunks.types.js';

/** Length of a chunk that is written at once, in characters of JSON: small enough to be held several times over. */
const chunkChars = 1_000_000;

/** Writes items to the data store as they come, and keeps no more of them than one chunk. */
export class ChunkWriter implements ItemSink {
  readonly #chunks: ItemChunk[] = [];
  #texts: string[] = [];
  #chars = 0;
  #count = 0;
  #blob: BlobWriter | undefined;

  constructor(
    private readonly runId: string,
    private readonly store: DataStore,
  ) {}

  add(item: Item): Promise<void> | undefined {
    return this.addText(JSON.stringify(item));
  }

  addText(text: string): Promise<void> | undefined {
    this.#texts.push(text);
    this.#chars += text.length + 1;
    this.#count += 1;
    return this.#chars >= chunkChars ? this.#flush() : undefined;
  }

  async end(): Promise<LargeItems> {
    if (this.#texts.length > 0) await this.#flush();
    await this.#blob?.close();
    return { count: this.#count, chunks: this.#chunks };
  }

  async discard(): Promise<void> {
    await this.#blob?.discard();
  }

  async #flush(): Promise<void> {
    const items = this.#texts.length;
    const bytes = Buffer.from(`[${this.#texts.join(',')}]`, 'utf8');
    this.#texts = [];
    this.#chars = 0;
    this.#blob ??= await this.store.create(this.runId);
    const at = this.#blob.size;
    await this.#blob.append(bytes);
    this.#chunks.push({ run: this.runId, blob: this.#blob.id, at, bytes: bytes.length, items });
  }
}
