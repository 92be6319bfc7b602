import type { Item } from '@wfaib/sdk/items';
import type { LargeItems } from '../../data/item-chunks.types.js';
import type { StepItems } from './step-items.types.js';

/** Items that do not fit into memory, of which some are fetched. */
export class SparseItems {
  readonly #fetched = new Map<number, Item>();

  constructor(
    readonly large: LargeItems,
    private readonly store: StepItems,
  ) {}

  /** One that was fetched. */
  at(index: number): Item | undefined {
    return this.#fetched.get(index);
  }

  forget(): void {
    this.#fetched.clear();
  }

  /** Reads the chunks that hold these items, one after the other. */
  async fetch(indexes: readonly number[]): Promise<void> {
    const wanted = new Set(indexes.filter((index) => !this.#fetched.has(index)));
    let first = 0;
    for (const chunk of this.large.chunks) {
      if (wanted.size === 0) return;
      const here = [...wanted].filter((index) => index >= first && index < first + chunk.items);
      if (here.length > 0) {
        const items = await this.store.read(chunk);
        for (const index of here) {
          const item = items[index - first];
          if (item) this.#fetched.set(index, item);
          wanted.delete(index);
        }
      }
      first += chunk.items;
    }
  }
}
