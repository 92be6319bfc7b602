import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Settings } from '../../config/config.service.js';
import { Turns } from '../../database/turns.service.js';
import { JobQueue } from '../../jobs/job-queue.service.js';
import { Log } from '../../logging/logger.service.js';
import { WorkflowRetentions } from '../../workflows/workflow-retention.service.js';
import { ExpiredRuns } from './expired-runs.service.js';
import { OrphanSweep } from './orphan-sweep.service.js';
import { retentionRules } from './retention-limits.js';
import { noteRetention, type Removed } from './retention-metrics.js';

const everyMs = 3_600_000;

/** Removes what is not to be kept any longer, once an hour. Of all servers on a database one does it. */
@Injectable()
export class Retention implements OnModuleInit, BeforeApplicationShutdown {
  readonly #leaving = new AbortController();
  #round: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly workflows: WorkflowRetentions,
    private readonly expired: ExpiredRuns,
    private readonly orphans: OrphanSweep,
    private readonly turns: Turns,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onModuleInit(): void {
    this.jobs.handlesEvery(everyMs, 'retention', () => this.round());
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#leaving.abort();
    await this.#round;
  }

  /** One round. @returns what it removed; `undefined` where another server is at it, longer than its turn */
  round(): Promise<Removed | undefined> {
    const round = this.turns.take('retention', () => this.#remove());
    this.#round = round.catch(() => undefined);
    return round;
  }

  async #remove(): Promise<Removed> {
    const { retentionDays: days, retentionRuns: runs } = this.settings;
    const rules = retentionRules({ days, runs }, await this.workflows.findAll());
    const old = await this.expired.remove(rules, this.clock.now(), this.#leaving.signal);
    const removed = { ...old, ...(await this.orphans.sweep()) };
    noteRetention(removed);
    if (Object.values(removed).some((count) => count > 0))
      this.log.info({ ...removed }, 'Removed what is not to be kept any longer');
    return removed;
  }
}
