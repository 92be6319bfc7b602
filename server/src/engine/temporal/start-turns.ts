import { Injectable } from '@nestjs/common';

/** Runs that begin here at a time. A worker has 40 places for workflow tasks and needs some of them to ask for more. */
export const mostAtOnce = 24;
/** How long a run waits for its turn here before it is left to whoever is free, in milliseconds. */
const patienceMs = 2_000;
/** A turn of which nothing was heard for so long is over: another worker may have the run. Milliseconds. */
const longestMs = 5_000;

/**
 * Lets the runs that a process begins on Temporal do so in the order they came. An eager start goes past everything that
 * waits in a task queue: with more runs than places, those that found none would wait while later ones come and go.
 */
@Injectable()
export class StartTurns {
  /** Runs that have their turn, and what ends it when nobody else does. */
  readonly #begun = new Map<string, NodeJS.Timeout>();
  /** Gives those that wait their turn, the first one first. */
  readonly #waiting = new Set<() => void>();

  /** @returns false where the run had no turn in time: this process is busy, and another may not be */
  take(runId: string): Promise<boolean> {
    if (this.#begun.size < mostAtOnce || this.#begun.has(runId)) {
      this.#begin(runId);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const leave = (isMyTurn: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(give);
        if (isMyTurn) this.#begin(runId);
        resolve(isMyTurn);
      };
      const give = () => leave(true);
      const timer = setTimeout(() => leave(false), patienceMs);
      this.#waiting.add(give);
    });
  }

  /** The run is on its way, or does not begin here after all. Safe to call for any run. */
  end(runId: string): void {
    clearTimeout(this.#begun.get(runId));
    if (!this.#begun.delete(runId)) return;
    const [next] = this.#waiting;
    next?.();
  }

  #begin(runId: string): void {
    clearTimeout(this.#begun.get(runId));
    const late = setTimeout(() => this.end(runId), longestMs);
    this.#begun.set(runId, late.unref());
  }
}
