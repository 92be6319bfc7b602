import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Settings } from '../../config/config.service.js';
import { Log } from '../../logging/logger.service.js';
import { Queues, type QueueHandle } from '../../jobs/queues.service.js';
import { CarriedRuns } from '../host/carried-runs.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership } from '../host/ownership.service.js';
import { RunLoop } from '../host/run-loop.js';
import { RunNotices } from '../journal/run-notices.js';
import { ProcessLease } from '../process/process-lease.service.js';
import { Runner } from '../runner/runner.service.js';
import { RunSlots } from '../runner/run-slots.js';
import type { ExecuteOptions, Host } from '../runner/runner.types.js';

/** A wake-up: look at this run. Nothing depends on how it ends. */
interface WakeUp {
  runId: string;
  epoch: number;
}

/** Runs that one worker carries at a time. */
const concurrency = 50;
/** How long a shutdown waits for runs at work, in milliseconds. */
const drainMs = 20_000;

/** Runs stay on the queue once they are there: it is chosen where there is nothing bigger, or on purpose. */
const staysHere = { isPossible: false, move: () => Promise.resolve() };

/**
 * Carries runs on BullMQ workers: where there is no Temporal, and for workflows that ask for it. A job is only a wake-up;
 * the row of the run says who owns it, and the reconciler sends another wake-up where one got lost.
 */
@Injectable()
export class QueueHost implements Host, OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly name = 'queue';
  readonly worksHere = false;
  readonly #runs = new CarriedRuns();
  readonly #stopping = new AbortController();
  readonly #queue: QueueHandle<WakeUp>;
  #wakeUps = 0;

  constructor(
    private readonly runner: Runner,
    private readonly lease: ProcessLease,
    private readonly ownership: Ownership,
    private readonly slots: RunSlots,
    private readonly notices: RunNotices,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly log: Log,
    queues: Queues,
    registry: HostRegistry,
  ) {
    this.#queue = queues.define<WakeUp>({
      name: 'wfaib-runs',
      process: settings.role === 'api' ? undefined : ({ data }) => this.#carry(data),
      concurrency,
      defaults: { removeOnComplete: true, removeOnFail: true },
    });
    registry.register(this);
  }

  isAvailable(): boolean {
    return !this.#stopping.signal.aborted;
  }

  /** Whether a run is being carried here, or is about to be. */
  has(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** Workers listen from the start; opening takes a moment and nothing waits for it. */
  onApplicationBootstrap(): void {
    if (this.settings.role !== 'api') this.#queue.begin();
  }

  async start(runId: string, epoch: number): Promise<void> {
    try {
      const { queue } = await this.#queue.get();
      // A job id of a job that is waiting is refused by BullMQ: each wake-up has its own.
      await queue.add('wake-up', { runId, epoch }, { jobId: `${runId}-${epoch}-${process.pid}-${this.#wakeUps++}` });
    } catch (error) {
      this.log.warn({ runId, error }, 'The queue took no wake-up; the reconciler sends another one');
    }
  }

  async wake(runId: string, epoch: number): Promise<void> {
    const slot = this.slots.find(runId);
    if (slot) slot.hasNews = true;
    const loop = this.#runs.find(runId, epoch);
    if (loop) loop.poke();
    else await this.start(runId, epoch);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#runs.drain();
    await Promise.race([this.#runs.done, new Promise((resolve) => setTimeout(resolve, drainMs).unref())]);
    this.#stopping.abort(new Error('The server is stopping.'));
    await this.#queue.close();
  }

  /** Takes the run if nobody has it, and carries it until it ends, waits for long, or has another owner. */
  async #carry({ runId, epoch }: WakeUp): Promise<void> {
    const known = this.#runs.find(runId, epoch);
    if (known) return known.poke();
    const loop = await this.#runs.claim(runId, async () => {
      await this.lease.ensure();
      const owned = await this.ownership.claimFree(runId, this.name, this.lease.processId);
      return owned && this.#begin(runId, owned.epoch);
    });
    await loop?.done;
  }

  #begin(runId: string, epoch: number): RunLoop {
    const loop = new RunLoop(runId, epoch, {
      runner: this.runner,
      clock: this.clock,
      log: this.log,
      handOver: staysHere,
      options: this.#options(),
      onFailure: (error) => this.notices.fail(runId, error),
    });
    this.#runs.add(loop);
    return loop;
  }

  #options(): ExecuteOptions {
    const { processId } = this.lease;
    return {
      lightInPlace: true,
      claimAhead: true,
      processId,
      signal: this.#stopping.signal,
      // A new lease is none for what the old one held.
      mayTouch: () => this.lease.processId === processId && this.lease.isSafe,
    };
  }
}
