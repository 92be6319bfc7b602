/** The time an exchange may take; where it goes part by part, the time it may wait for the other side in between. */
export class PartClock {
  readonly #late = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly timeoutMs: number) {
    this.#start();
  }

  /** Aborted with a `TimeoutError` when time is over. */
  get signal(): AbortSignal {
    return this.#late.signal;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Counts while the other side takes a part, not while the next one is made ready. */
  async *whileSending(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    this.stop();
    for await (const part of parts) {
      this.#start();
      yield part;
      this.stop();
    }
    this.#start();
  }

  /** Counts while the other side is waited for, not while a part of its answer is worked on. */
  async *whileReading(parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      this.#start();
      for await (const part of parts) {
        this.stop();
        yield part;
        this.#start();
      }
    } catch (error) {
      // What breaks off because of the clock says so.
      this.#late.signal.throwIfAborted();
      throw error;
    } finally {
      this.stop();
    }
  }

  #start(): void {
    clearTimeout(this.#timer);
    const late = () => this.#late.abort(new DOMException('The other side took too long.', 'TimeoutError'));
    this.#timer = setTimeout(late, this.timeoutMs);
  }
}
