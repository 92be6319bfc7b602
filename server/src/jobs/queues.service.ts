import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.service.js';
import { Settings } from '../config/config.service.js';
import { Log } from '../logging/logger.service.js';
import { openOnPostgres } from './open-on-postgres.js';
import { openOnRedis } from './open-on-redis.js';
import { QueueUnavailable } from './jobs.errors.js';
import type { OpenedQueue, QueueSpec } from './queue.types.js';
import { retryMs } from './worker-times.js';

/** Problems of a queue are logged this often at most, in milliseconds. */
const complainEveryMs = 5_000;

/** BullMQ: in PostgreSQL, or in Redis where `REDIS_URL` is set. */
@Injectable()
export class Queues {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Where the queues are. */
  get store(): 'PostgreSQL' | 'Redis' {
    return this.settings.redisUrl === undefined ? 'PostgreSQL' : 'Redis';
  }

  /** A queue that opens when it is needed for the first time, or when its worker is to begin. */
  define<Data>(spec: QueueSpec<Data>): QueueHandle<Data> {
    let complainedAt = -Infinity;
    // While the store is away BullMQ reports it hundreds of times a second.
    const onError = (error: Error): void => {
      const now = this.clock.monotonic();
      if (now - complainedAt < complainEveryMs) return;
      complainedAt = now;
      this.log.warn({ queue: spec.name, error }, 'A queue had a problem');
    };
    const { redisUrl, databaseUrl } = this.settings;
    const open = () =>
      redisUrl === undefined ? openOnPostgres(databaseUrl, spec, onError) : openOnRedis(redisUrl, spec, onError);
    return new QueueHandle(open, this.store);
  }
}

/** One queue of this process: opened late, once, and again where the store was away. */
export class QueueHandle<Data> {
  #opened: Promise<OpenedQueue<Data>> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    private readonly open: () => Promise<OpenedQueue<Data>>,
    private readonly store: string,
  ) {}

  /** @throws QueueUnavailable */
  async get(): Promise<OpenedQueue<Data>> {
    if (this.#isClosed) throw new QueueUnavailable(this.store, new Error('The server is stopping.'));
    this.#opened ??= this.open();
    const opening = this.#opened;
    try {
      return await opening;
    } catch (error) {
      if (this.#opened === opening) this.#opened = undefined;
      throw new QueueUnavailable(this.store, error);
    }
  }

  /** Begins to work on jobs, now or as soon as the store is there. Nothing waits for it. `first` is done before that counts. */
  begin(first: (opened: OpenedQueue<Data>) => Promise<void> = () => Promise.resolve()): void {
    void this.get()
      .then(first)
      .catch(() => {
        if (!this.#isClosed) this.#retry = setTimeout(() => this.begin(first), retryMs).unref();
      });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.close();
  }
}
