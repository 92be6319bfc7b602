import type { FoundItems } from '../steps/step-items.types.js';

/** Most that is held of a run beyond its drafts, in characters of JSON. */
const maxChars = 8_000_000;
/** What naming a chunk of the data store weighs, in characters. */
const chunkChars = 200;

/** Items of a run that are at hand, by step and port, those asked for last at the end. */
export class HeldItems {
  readonly #held = new Map<string, { found: FoundItems; chars: number }>();
  #chars = 0;

  get size(): number {
    return this.#held.size;
  }

  get(step: string, port: string): FoundItems | undefined {
    const key = `${step}\n${port}`;
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.found;
  }

  /** @param chars how long the items are as JSON; of chunks their names count */
  put(step: string, port: string, found: FoundItems, chars: number): void {
    const key = `${step}\n${port}`;
    const weight = 'chunks' in found ? found.chunks.length * chunkChars : chars;
    this.#chars += weight - (this.#held.get(key)?.chars ?? 0);
    this.#held.delete(key);
    this.#held.set(key, { found, chars: weight });
  }

  /** Drops what was not asked for lately. Only where all of it is in the database. */
  shrink(): void {
    for (const [key, { chars }] of this.#held) {
      if (this.#chars <= maxChars || this.#held.size === 1) return;
      this.#held.delete(key);
      this.#chars -= chars;
    }
  }
}
