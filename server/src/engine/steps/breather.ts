const pauseEveryMs = 5;

/** Lets the event loop breathe when 5 ms have passed since the last time. */
export class Breather {
  #since = performance.now();

  /** @returns undefined when it is not time yet, so that most calls cost no turn of the event loop */
  readonly breathe = async (): Promise<void> => {
    if (performance.now() - this.#since < pauseEveryMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
  };
}
