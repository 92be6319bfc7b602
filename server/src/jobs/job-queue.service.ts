import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import type { Job } from 'bullmq';
import { Ids } from '../clock/ids.service.js';
import { Settings } from '../config/config.service.js';
import { Log } from '../logging/logger.service.js';
import type { JobContent, JobHandler, JobOptions } from './job.types.js';
import { Queues, type QueueHandle } from './queues.service.js';

/** Jobs that one process has in hand at a time. */
const concurrency = 5;
const keptDays = 30;
/** Dead jobs beyond these are dropped, oldest first. */
const keptDead = 5_000;
/** How much the waits between tries differ by chance, so that many that failed together do not come back together. */
const jitter = 0.3;

/**
 * Small work that nobody waits for: mail, clearing away, calls to other services. A job is tried until it succeeds;
 * one that never does is kept, for a person to look at (`GET /api/jobs/dead`). It is done at least once.
 */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #handlers = new Map<string, JobHandler>();
  /** Open for the dead letters of this room; everybody else adds and handles. */
  readonly handle: QueueHandle<JobContent>;

  constructor(
    queues: Queues,
    private readonly settings: Settings,
    private readonly ids: Ids,
    private readonly log: Log,
  ) {
    const process = settings.role === 'api' ? undefined : (job: Job<JobContent>) => this.#work(job);
    const defaults = { removeOnComplete: true, removeOnFail: { age: keptDays * 86_400, count: keptDead } };
    this.handle = queues.define<JobContent>({ name: 'wfaib-jobs', process, concurrency, defaults });
  }

  /** Says who does jobs of this kind. Call it while the server starts, in every role. */
  handles<Data extends JsonObject>(kind: string, handler: JobHandler<Data>): void {
    this.#handlers.set(kind, handler as JobHandler);
  }

  /**
   * Puts a job into the queue; it is safe there when this returns.
   * @throws QueueUnavailable
   */
  async add(kind: string, data: JsonObject, options: JobOptions = {}): Promise<void> {
    const { queue } = await this.handle.get();
    await queue.add(
      kind,
      { kind, data },
      {
        jobId: options.id ?? this.ids.newId(),
        delay: options.delayMs ?? 0,
        attempts: options.maxAttempts ?? 12,
        backoff: { type: 'exponential', delay: options.firstRetryMs ?? 5_000, jitter },
      },
    );
  }

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.handle.begin();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.handle.close();
  }

  async #work(job: Job<JobContent>): Promise<void> {
    const { kind, data } = job.data;
    const handler = this.#handlers.get(kind);
    try {
      // Another version of the server may know it.
      if (handler === undefined) throw new Error(`This server does not know jobs of the kind "${kind}".`);
      await handler(data);
    } catch (error) {
      const attempt = job.attemptsMade + 1;
      const isFinal = (error as { retryable?: unknown }).retryable === false;
      this.log.warn({ jobId: job.id, kind, attempt, isFinal, error }, 'A job failed');
      if (!isFinal) throw error;
      const { UnrecoverableError } = await import('bullmq');
      throw new UnrecoverableError((error as Error).message);
    }
  }
}
