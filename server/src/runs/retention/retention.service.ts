import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Settings } from '../../config/config.service.js';
import { Turns } from '../../database/turns.service.js';
import { Log } from '../../logging/logger.service.js';
import { WorkflowRetentions } from '../../workflows/workflow-retention.service.js';
import { ExpiredRuns } from './expired-runs.service.js';
import { OrphanSweep } from './orphan-sweep.service.js';
import { retentionRules } from './retention-limits.js';
import { noteRetention, type Removed } from './retention-metrics.js';

const everyMs = 3_600_000;
/** A server that has just started has better things to do. */
const firstMs = 60_000;

/** Removes what is not to be kept any longer, once an hour. Of all servers on a database one does it. */
@Injectable()
export class Retention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #leaving = new AbortController();
  #round: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly settings: Settings,
    private readonly workflows: WorkflowRetentions,
    private readonly expired: ExpiredRuns,
    private readonly orphans: OrphanSweep,
    private readonly turns: Turns,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.#timers.push(
      setTimeout(() => void this.round(), firstMs),
      setInterval(() => void this.round(), everyMs),
    );
    for (const timer of this.#timers) timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#leaving.abort();
    await this.#round;
  }

  /** One round. @returns what it removed; `undefined` where another server is at it, or it failed */
  round(): Promise<Removed | undefined> {
    const round = this.turns
      .take('retention', () => this.#remove())
      .catch((error: unknown) => {
        this.log.warn({ error }, 'Old runs could not be removed; it is tried again within the hour');
        return undefined;
      });
    this.#round = round;
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
