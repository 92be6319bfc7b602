import type { RunLoop } from './run-loop.js';

/** The runs that a host carries in this process, or is about to. */
export class CarriedRuns {
  readonly #loops = new Map<string, RunLoop>();
  readonly #claims = new Set<{ runId: string }>();

  get size(): number {
    return this.#loops.size;
  }

  /** Settles when this process has let go of all of them. */
  get done(): Promise<unknown> {
    return Promise.allSettled([...this.#loops.values()].map(({ done }) => done));
  }

  /** Whether a run is at work here, or may be in a moment: its row names the owner before the owner hears of it. */
  has(runId: string): boolean {
    return this.#loops.get(runId)?.isOver === false || [...this.#claims].some((claim) => claim.runId === runId);
  }

  /** The loop that can take news of this epoch. One that lost the run is here until its step ends, and can not. */
  find(runId: string, epoch: number): RunLoop | undefined {
    const loop = this.#loops.get(runId);
    return loop && !loop.isOver && loop.epoch >= epoch ? loop : undefined;
  }

  /** Keeps a loop until it is over. */
  add(loop: RunLoop): void {
    const { runId } = loop;
    this.#loops.set(runId, loop);
    void loop.done.finally(() => {
      if (this.#loops.get(runId) === loop) this.#loops.delete(runId);
    });
  }

  /** Does `work`, which makes this process the owner of a run and begins it, or finds that it has another one. */
  async claim<Result>(runId: string, work: () => Promise<Result>): Promise<Result> {
    const claim = { runId };
    this.#claims.add(claim);
    try {
      return await work();
    } finally {
      this.#claims.delete(claim);
    }
  }

  /** What is at work comes to its end; nothing new begins. */
  drain(): void {
    for (const loop of this.#loops.values()) loop.drain();
  }
}
