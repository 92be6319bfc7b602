/** Longest silence of an activity before another worker may have its step, less a margin, in milliseconds. */
const longestSilenceMs = 5_000;

/**
 * Tells whether this process still counts as alive for an activity. A process that was frozen, or too busy to breathe,
 * finds out by itself that another worker may have the step by now: its own clock stood out of reach for too long.
 */
export class Liveness {
  #isLost = false;
  #heardAt: number;

  constructor(
    /** Monotonic milliseconds. */
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#heardAt = now();
  }

  /** Call it every other second while the work goes on. */
  beat(): void {
    this.#isLost = !this.isAlive;
    this.#heardAt = this.now();
  }

  /** Once lost, lost for good: the work is not this process's any more. */
  get isAlive(): boolean {
    return !this.#isLost && this.now() - this.#heardAt < longestSilenceMs;
  }
}
