/** Values that one side gives and the other reads as they come; giving waits until the value was asked for. */
export class HandOver<Value> implements AsyncIterable<Value> {
  #waiting: { value: Value; taken: () => void }[] = [];
  #wake: () => void = () => undefined;
  #hasEnded = false;
  #failure: unknown;

  /** Settles when the value was taken; at once where nobody reads any more. */
  give(value: Value): Promise<void> {
    if (this.#hasEnded) return Promise.resolve();
    return new Promise((taken) => {
      this.#waiting.push({ value, taken });
      this.#wake();
    });
  }

  /** Nothing more comes. */
  end(failure?: unknown): void {
    this.#hasEnded = true;
    this.#failure = failure;
    if (failure !== undefined) this.#release();
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Value, void, undefined> {
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (this.#failure !== undefined) throw this.#failure;
        if (next) {
          next.taken();
          yield next.value;
        } else if (this.#hasEnded) return;
        else await new Promise<void>((wake) => (this.#wake = wake));
      }
    } finally {
      this.#hasEnded = true;
      this.#release();
    }
  }

  #release(): void {
    for (const { taken } of this.#waiting.splice(0)) taken();
  }
}
