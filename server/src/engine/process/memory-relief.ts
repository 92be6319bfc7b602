import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Growth that is worth a collection, in bytes. */
const growthBytes = 96 * 1024 ** 2;
/** A collection holds up everything else in the process: after one it rests for as long as that took, times this. */
const restFactor = 1;

type Collect = (options: { type: 'major'; execution: 'async'; flavor: 'last-resort' }) => Promise<void>;

/**
 * Keeps the memory of a process small that works on many items. V8 keeps the pages it has freed for as long as a process
 * is busy: a run over a million items would hold several times what it needs.
 */
class MemoryRelief {
  #collect: Collect | undefined;
  #collecting: Promise<void> | undefined;
  /** What the process had left after the last time, in bytes. */
  #least = process.memoryUsage.rss();
  #notBefore = 0;

  /** Whether the process has grown so much since the last time that a collection is worth it. */
  get isDue(): boolean {
    const rss = process.memoryUsage.rss();
    this.#least = Math.min(this.#least, rss);
    return rss - this.#least > growthBytes && performance.now() >= this.#notBefore;
  }

  /** To be called between two parts of a step. Settles when there is room for the next one. */
  async give(): Promise<void> {
    if (this.isDue) this.#collecting ??= this.#run();
    await this.#collecting;
  }

  async #run(): Promise<void> {
    try {
      const begun = performance.now();
      this.#collect ??= findCollect();
      // Only this kind gives pages back to the machine.
      await this.#collect({ type: 'major', execution: 'async', flavor: 'last-resort' });
      const ended = performance.now();
      this.#notBefore = ended + restFactor * (ended - begun);
      this.#least = process.memoryUsage.rss();
    } finally {
      this.#collecting = undefined;
    }
  }
}

/** There is no other way to it for a process that was not started with the flag. */
function findCollect(): Collect {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as Collect;
}

/** Of this process. */
export const memoryRelief = new MemoryRelief();
