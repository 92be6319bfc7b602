import type { Item, ItemSource } from '@wfaib/sdk/items';
import { bytesOf, type ItemChunk } from '../../data/item-chunks.types.js';
import type { Arrival } from '../../interpreter/run-events.types.js';
import { StepFailure } from '../../nodes/core-node.types.js';
import type { FoundItems, StepItems } from './step-items.types.js';

/** Most that is read into memory at once for a step that needs all of its items, in bytes of JSON. */
export const maxWholeBytes = 64_000_000;
/** Items in memory are worked on in parts of this many where others come in chunks. */
const partItems = 5_000;

/** Some of the items of a port, those from number `offset` on. */
export interface ItemsPart {
  items: Item[];
  offset: number;
}

/** The items on one input port of a visit: arrivals joined in the order of the document, in memory or stored. */
export class PortItems {
  readonly count: number;
  #whole: Item[] | undefined;
  /** How many items there are up to the end of each arrival. */
  #ends: number[] | undefined;

  constructor(
    private readonly port: string,
    private readonly arrivals: readonly Arrival[],
    private readonly found: readonly FoundItems[],
    private readonly store: StepItems,
  ) {
    this.count = arrivals.reduce((sum, { count }) => sum + count, 0);
    const isInMemory = (each: FoundItems): each is { items: readonly Item[] } => 'items' in each;
    if (found.every(isInMemory)) this.#whole = joined(arrivals, found);
  }

  /** Whether all of them are in memory. */
  get isLoaded(): boolean {
    return this.#whole !== undefined;
  }

  /** Only where they are in memory: see {@link load}. */
  get items(): Item[] {
    if (this.#whole === undefined) throw new RangeError(`The items of port ${this.port} were not loaded.`);
    return this.#whole;
  }

  /** Reads all of them into memory. @throws StepFailure `step.inputTooLarge` */
  async load(): Promise<void> {
    if (this.#whole !== undefined) return;
    const bytes = this.found.reduce((sum, each) => sum + ('chunks' in each ? bytesOf(each) : 0), 0);
    if (bytes > maxWholeBytes) throw inputTooLarge(this.count, bytes);
    const all: Item[] = [];
    for await (const { items } of this.parts()) for (const item of items) all.push(item);
    this.#whole = all;
  }

  /** Items `from` up to, not including, `to`, part by part; the next part is fetched while one is worked on. */
  async *parts(from = 0, to = this.count): AsyncGenerator<ItemsPart, void, undefined> {
    const pieces = this.#pieces(from, Math.min(to, this.count));
    const fetch = (piece: Piece): Promise<Item[]> => (piece.chunk ? this.store.read(piece.chunk) : piece.items());
    let next = pieces[0] && fetch(pieces[0]);
    for (const [position, { skip, count, offset }] of pieces.entries()) {
      const current = await next!;
      const following = pieces[position + 1];
      next = following && fetch(following);
      // Who stops early leaves it behind.
      next?.catch(() => undefined);
      yield { items: current.slice(skip, skip + count), offset };
    }
  }

  /** Which output item of an earlier step the item at `index` is. */
  placeOf(index: number): ItemSource {
    this.#ends ??= endsOf(this.arrivals);
    const at = firstAbove(this.#ends, index);
    const arrival = this.arrivals[at];
    if (arrival === undefined) throw new RangeError(`Port ${this.port} has no item ${index}.`);
    return { step: arrival.step, port: arrival.port, item: index - (this.#ends[at - 1] ?? 0) };
  }

  #pieces(from: number, to: number): Piece[] {
    const pieces: Piece[] = [];
    let first = 0;
    this.arrivals.forEach(({ count }, index) => {
      const found = this.found[index]!;
      for (const piece of 'chunks' in found ? chunkPieces(found.chunks, count) : memoryPieces(found.items, count)) {
        const start = Math.max(from, first);
        const end = Math.min(to, first + piece.count);
        if (end > start) pieces.push({ ...piece, skip: start - first, count: end - start, offset: start });
        first += piece.count;
      }
    });
    return pieces;
  }
}

function endsOf(arrivals: readonly Arrival[]): number[] {
  let end = 0;
  return arrivals.map(({ count }) => (end += count));
}

/** Position of the first of these rising numbers that is above `value`: a loop of many rounds has as many arrivals. */
function firstAbove(rising: readonly number[], value: number): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (rising[middle]! > value) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** What is fetched at once, and which of it counts. */
type Piece = { skip: number; count: number; offset: number } & (
  { chunk: ItemChunk; items?: undefined } | { chunk?: undefined; items: () => Promise<Item[]> }
);

function chunkPieces(chunks: readonly ItemChunk[], most: number): Piece[] {
  let left = most;
  return chunks.flatMap((chunk): Piece[] => {
    const count = Math.min(left, chunk.items);
    left -= count;
    return count > 0 ? [{ chunk, count, skip: 0, offset: 0 }] : [];
  });
}

function memoryPieces(items: readonly Item[], most: number): Piece[] {
  const count = Math.min(items.length, most);
  return Array.from({ length: Math.ceil(count / partItems) }, (_, part): Piece => {
    const start = part * partItems;
    const end = Math.min(start + partItems, count);
    return { items: () => Promise.resolve(items.slice(start, end)), count: end - start, skip: 0, offset: 0 };
  });
}

function joined(arrivals: readonly Arrival[], found: readonly { items: readonly Item[] }[]): Item[] {
  const lists = found.map(({ items }, index) => firstOf(items, arrivals[index]!.count));
  return (lists.length === 1 ? lists[0]! : lists.flat()) as Item[];
}

function firstOf(items: readonly Item[], count: number): readonly Item[] {
  return items.length === count ? items : items.slice(0, count);
}

export function inputTooLarge(count: number, bytes: number): StepFailure {
  const [size, most] = [bytes, maxWholeBytes].map((each) => `${Math.round(each / 1_000_000)} MB`);
  return new StepFailure({
    code: 'step.inputTooLarge',
    message: `The step needs all ${count} items at once, ${size} of JSON; ${most} is the most. Filter them or drop fields before it, or send them through a loop in batches.`,
    retryable: false,
  });
}
