/** A place in the queue: `go` once it is one's turn, `aborted` when the caller left before. */
export type Turn = Promise<'go' | 'aborted'>;

/** Lets a bounded number of calls run and a bounded number wait, first come first served. */
export class CallQueue {
  private running = 0;
  private readonly waiting: { go(): void }[] = [];
  private readonly holders = new WeakSet<Turn>();

  constructor(private readonly bounds: { atOnce: number; waiting: number }) {}

  /** Answers `full` when even the queue is full. Every turn ends with {@link leave}. */
  enter(signal: AbortSignal): Turn | 'full' {
    if (this.running < this.bounds.atOnce) return this.hold();
    if (this.waiting.length >= this.bounds.waiting) return 'full';
    return this.wait(signal);
  }

  leave(turn: Turn): void {
    if (!this.holders.delete(turn)) return;
    this.running--;
    this.waiting.shift()?.go();
  }

  private hold(): Turn {
    const turn: Turn = Promise.resolve('go');
    this.running++;
    this.holders.add(turn);
    return turn;
  }

  private wait(signal: AbortSignal): Turn {
    let settle: (value: 'go' | 'aborted') => void = () => {};
    const turn: Turn = new Promise((resolve) => (settle = resolve));
    const onAbort = () => {
      this.waiting.splice(this.waiting.indexOf(place), 1);
      settle('aborted');
    };
    const place = {
      go: () => {
        signal.removeEventListener('abort', onAbort);
        this.running++;
        this.holders.add(turn);
        settle('go');
      },
    };
    this.waiting.push(place);
    signal.addEventListener('abort', onAbort, { once: true });
    return turn;
  }
}
