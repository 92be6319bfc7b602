import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { JsonObject } from '@wfaib/sdk/items';
import type { Job } from 'bullmq';
import { Clock } from '../clock/clock.service.js';
import { Ids } from '../clock/ids.service.js';
import { Settings } from '../config/config.service.js';
import { Log } from '../logging/logger.service.js';
import type { JobContent, JobHandler, JobOptions } from './job.types.js';
import type { OpenedQueue } from './queue.types.js';
import { Queues, type QueueHandle } from './queues.service.js';

/** Jobs that one process has in hand at a time. */
const concurrency = 5;
const keptDays = 30;
/** Dead jobs beyond these are dropped, oldest first. */
const keptDead = 5_000;
/** Says that it is time for regular work. */
const turnKind = 'turn';
/** The next turn of regular work comes soon enough. */
const turn: JobOptions = { maxAttempts: 5, firstRetryMs: 60_000 };
/** An installation that starts for the first time has better things to do than regular work, in milliseconds. */
const firstTurnMs = 60_000;
/** How much the waits between tries differ by chance, so that many that failed together do not come back together. */
const jitter = 0.3;

/**
 * Small work that nobody waits for: mail, clearing away, calls to other services. A job is tried until it succeeds;
 * one that never does is kept, for a person to look at (`GET /api/jobs/dead`). It is done at least once.
 */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #handlers = new Map<string, JobHandler>();
  /** How often regular work is done, in milliseconds, by its kind. */
  readonly #regular = new Map<string, number>();
  /** Open for the dead letters of this room; everybody else adds and handles. */
  readonly handle: QueueHandle<JobContent>;

  constructor(
    queues: Queues,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
  ) {
    this.handles<{ kind: string }>(turnKind, ({ kind }) => this.add(kind, {}, { ...turn, id: kind, replaces: kind }));
    const process = settings.role === 'api' ? undefined : (job: Job<JobContent>) => this.#work(job);
    const defaults = { removeOnComplete: true, removeOnFail: { age: keptDays * 86_400, count: keptDead } };
    this.handle = queues.define<JobContent>({ name: 'wfaib-jobs', process, concurrency, defaults });
  }

  /** Says who does jobs of this kind. Call it while the server starts, in every role. */
  handles<Data extends JsonObject>(kind: string, handler: JobHandler<Data>): void {
    this.#handlers.set(kind, handler as JobHandler);
  }

  /**
   * Work that comes again and again, one turn at a time: of all servers one does it. A turn that failed for good is kept
   * until the next one begins. Call it while the server starts, in every role.
   */
  handlesEvery(everyMs: number, kind: string, work: () => Promise<unknown>): void {
    this.#regular.set(kind, everyMs);
    this.handles(kind, async () => void (await work()));
  }

  /**
   * Puts a job into the queue; it is safe there when this returns.
   * @throws QueueUnavailable
   */
  async add(kind: string, data: JsonObject, options: JobOptions = {}): Promise<void> {
    const { queue } = await this.handle.get();
    const jobId = options.id ?? this.ids.newId();
    if (options.replaces !== undefined) await queue.remove(options.replaces);
    await queue.add(kind, { kind, data }, { jobId, delay: options.delayMs ?? 0, ...tries(options) });
  }

  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.handle.begin((opened) => this.#scheduleRegular(opened));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.handle.close();
  }

  /** BullMQ only says when it is time: what it schedules can neither be replaced nor deleted. */
  async #scheduleRegular({ queue }: OpenedQueue<JobContent>): Promise<void> {
    const opts = { ...tries(turn), removeOnFail: true };
    for (const [kind, every] of this.#regular) {
      const known = await queue.getJobScheduler(kind);
      if (known?.every === every) continue;
      const when = { every, startDate: this.clock.now() + Math.min(every, firstTurnMs) };
      const data: JobContent = { kind: turnKind, data: { kind } };
      await queue.upsertJobScheduler(kind, when, { name: turnKind, data, opts });
    }
  }

  async #work(job: Job<JobContent>): Promise<void> {
    const { kind, data } = job.data;
    const handler = this.#handlers.get(kind);
    const attempt = job.attemptsMade + 1;
    const isLast = attempt >= (job.opts.attempts ?? 1);
    try {
      // Another version of the server may know it.
      if (handler === undefined) throw new Error(`This server does not know jobs of the kind "${kind}".`);
      await handler(data, { attempt, isLast });
    } catch (error) {
      const isHopeless = (error as { retryable?: unknown }).retryable === false;
      this.log.warn({ jobId: job.id, kind, attempt, isFinal: isLast || isHopeless, error }, 'A job failed');
      if (!isHopeless) throw error;
      const { UnrecoverableError } = await import('bullmq');
      throw new UnrecoverableError((error as Error).message);
    }
  }
}

const tries = ({ maxAttempts = 12, firstRetryMs = 5_000 }: JobOptions) => ({
  attempts: maxAttempts,
  backoff: { type: 'exponential', delay: firstRetryMs, jitter },
});
