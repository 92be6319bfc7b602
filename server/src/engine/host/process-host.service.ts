import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Log } from '../../logging/logger.service.js';
import { RunNotices } from '../journal/run-notices.js';
import { ProcessLease } from '../process/process-lease.service.js';
import type { ExecuteOptions, Host, HostName } from '../runner/runner.types.js';
import { Runner } from '../runner/runner.service.js';
import { RunSlots } from '../runner/run-slots.js';
import { CarriedRuns } from './carried-runs.js';
import { HandOver } from './hand-over.service.js';
import { HostRegistry } from './host-registry.js';
import { Ownership } from './ownership.service.js';
import { RunLoop } from './run-loop.js';

/** Most runs at work in this process; more of them go to another engine, where there is one. */
const maxRuns = 500;
/** A shutdown lets runs go on for this long, in milliseconds: most end, and their callers get their answer. */
const finishMs = 3_000;
/** After that no further step is begun; how long those at work may take, in milliseconds. */
const drainMs = 15_000;

/** Waits for the work, but no longer. */
async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
  clearTimeout(timer);
}

/** The loop around the runner in this process: the fastest host, and the one that is always there. */
@Injectable()
export class ProcessHost implements Host, BeforeApplicationShutdown {
  readonly name: HostName = 'process';
  readonly worksHere = true;
  readonly #runs = new CarriedRuns();
  readonly #stopping = new AbortController();

  constructor(
    private readonly runner: Runner,
    private readonly lease: ProcessLease,
    private readonly ownership: Ownership,
    private readonly handOver: HandOver,
    private readonly slots: RunSlots,
    private readonly notices: RunNotices,
    private readonly clock: Clock,
    private readonly log: Log,
    registry: HostRegistry,
  ) {
    registry.register(this);
    lease.onLost(() => this.slots.forgetAll());
  }

  isAvailable(): boolean {
    return !this.#stopping.signal.aborted;
  }

  get isFull(): boolean {
    return this.#runs.size >= maxRuns;
  }

  /** Whether a run is being carried here, or is about to be. */
  has(runId: string): boolean {
    return this.#runs.has(runId);
  }

  get runCount(): number {
    return this.#runs.size;
  }

  start(runId: string, epoch: number): Promise<void> {
    const known = this.#runs.find(runId, epoch);
    if (known) return Promise.resolve(known.poke());
    const loop = new RunLoop(runId, epoch, {
      runner: this.runner,
      clock: this.clock,
      log: this.log,
      handOver: this.handOver,
      options: this.#options(),
      onFailure: (error) => this.notices.fail(runId, error),
    });
    this.#runs.add(loop);
    return Promise.resolve();
  }

  /** News for a run of this host: its loop here looks at it; a run that nobody owns is claimed. */
  async wake(runId: string, epoch: number): Promise<void> {
    const slot = this.slots.find(runId);
    if (slot) slot.hasNews = true;
    const loop = this.#runs.find(runId, epoch);
    if (loop) return loop.poke();
    await this.#runs.claim(runId, async () => {
      await this.lease.ensure();
      const owned = await this.ownership.claimFree(runId, this.name, this.lease.processId);
      if (owned) await this.start(runId, owned.epoch);
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    const all = this.#runs.done;
    await within(finishMs, all);
    this.#runs.drain();
    await within(drainMs, all);
    this.#stopping.abort(new Error('The server is stopping.'));
    await within(1_000, all);
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
