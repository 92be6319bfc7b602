import type { Context } from '@temporalio/activity';

/** What an attempt leaves to the next one, over Temporal. */
interface Left {
  /** Attempts of this activity that ended in order, though with an error: the database was away, the worker stopped. */
  inOrder: number;
}

/**
 * How often an activity has brought its worker down, or silenced it for so long that it counted as dead. Temporal counts
 * the attempts; those that told of their end are taken off.
 */
export class WorkerDeaths {
  readonly count: number;
  readonly #inOrder: number;

  constructor(private readonly context: Pick<Context, 'info' | 'heartbeat'>) {
    const { attempt, heartbeatDetails } = context.info;
    this.#inOrder = (heartbeatDetails as Left | undefined)?.inOrder ?? 0;
    this.count = Math.max(0, attempt - 1 - this.#inOrder);
  }

  /** The worker lives and works on it. */
  beat(): void {
    this.context.heartbeat({ inOrder: this.#inOrder } satisfies Left);
  }

  /** This attempt ends with an error, and its worker lives. */
  endInOrder(): void {
    this.context.heartbeat({ inOrder: this.#inOrder + 1 } satisfies Left);
  }
}
