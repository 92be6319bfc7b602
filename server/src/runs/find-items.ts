import type { Item } from '@wfaib/sdk/items';
import type { PortOutput } from './step-output.service.js';

/** Items that are read at once while looking through many. */
const pageSize = 1_000;

/** Items that hold a text, with their places among all. */
export interface FoundItems {
  items: Item[];
  /** Place of each item among all items of the ports. */
  indexes: number[];
  /** How many hold it in all. */
  total: number;
}

/** Looks for a text in names and values of all items, in any case; answers the page from `offset` on. */
export async function findItems(
  outputs: readonly Pick<PortOutput, 'count' | 'page'>[],
  text: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<FoundItems> {
  const needle = text.toLowerCase();
  const found: FoundItems = { items: [], indexes: [], total: 0 };
  let first = 0;
  for (const output of outputs) {
    for (let from = 0; from < output.count; from += pageSize) {
      const page = await output.page(from, pageSize);
      for (const [at, item] of page.entries()) {
        if (!JSON.stringify(item.json).toLowerCase().includes(needle)) continue;
        found.total += 1;
        if (found.total <= offset || found.items.length >= limit) continue;
        found.items.push(item);
        found.indexes.push(first + from + at);
      }
    }
    first += output.count;
  }
  return found;
}
