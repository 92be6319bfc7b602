import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { UnitOfWork } from '../../database/unit-of-work.service.js';
import { EventBus } from '../../events/event-bus.service.js';
import { HealthChecks, inWords, type CheckResult } from '../../lifecycle/health-checks.service.js';
import { Log } from '../../logging/logger.service.js';
import { runChangedChannel, type RunChanged } from '../../runs/run.events.js';
import { isEnded } from '../../runs/run.types.js';
import { FiringIntake } from './firing-intake.service.js';
import { FiringLauncher } from './firing-launcher.service.js';
import { FiringsRepository } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { scheduleChangedChannel } from './schedule.events.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Longest sleep: what a lost notification would have told is found after this, in milliseconds. */
const longestSleepMs = 15_000;
/** Sleep while another process has in hand what is due, in milliseconds. */
const othersAtItMs = 250;
/** Timers may end a little early. */
const shortestSleepMs = 2;
const settleEveryMs = 60_000;
const forgetEveryMs = 3_600_000;
const keepDays = 7;
/** Without a good round for so long, readiness tells of it, in milliseconds. */
const worryMs = 60_000;

/**
 * Starts what is due. Every process of the installation has one, so that schedules go on while any of them lives; locks
 * in the database see to it that a time is taken up once. Between times it sleeps.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isAsked = false;
  private isStopped = true;
  private lastGood = performance.now();
  private lastSettled = 0;
  private lastForgotten = 0;
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly intake: FiringIntake,
    private readonly launcher: FiringLauncher,
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly clock: ScheduleClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly events: EventBus,
    private readonly health: HealthChecks,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.isStopped = false;
    this.stops.push(
      this.events.subscribe(scheduleChangedChannel, () => this.wake()),
      this.events.subscribe<RunChanged>(runChangedChannel, (change) => void this.hear(change)),
      this.events.onGap(() => this.wake()),
    );
    this.health.register('schedules', () => this.check());
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    for (const stop of this.stops) stop();
    clearTimeout(this.timer);
    await this.round;
  }

  /** Looks now for what is due. */
  wake(): void {
    this.isAsked = true;
    if (this.isStopped || this.round !== undefined) return;
    clearTimeout(this.timer);
    this.round = this.work().finally(() => {
      this.round = undefined;
    });
  }

  private async work(): Promise<void> {
    let sleepMs = longestSleepMs;
    while (this.isAsked && !this.isStopped) {
      this.isAsked = false;
      sleepMs = await this.lookOnce();
    }
    if (!this.isStopped) this.timer = setTimeout(() => this.wake(), sleepMs).unref();
  }

  /** @returns how long to sleep */
  private async lookOnce(): Promise<number> {
    try {
      let hasMore = true;
      while (hasMore && !this.isStopped) {
        const taken = await this.intake.takeDue();
        const decided = await this.launcher.launchWaiting();
        hasMore = taken + decided > 0;
      }
      await this.keepTidy();
      this.lastGood = performance.now();
      return await this.sleepTime();
    } catch (error) {
      this.log.warn({ error }, 'Schedules could not be looked at; it is tried again soon');
      return 1_000;
    }
  }

  private async sleepTime(): Promise<number> {
    const tx = this.unitOfWork.direct;
    const at = await this.schedules.nextMoment(tx);
    if (at === undefined) return longestSleepMs;
    const sleepMs = at - (await this.clock.now(tx));
    if (sleepMs <= 0) return othersAtItMs;
    return Math.min(longestSleepMs, Math.max(shortestSleepMs, sleepMs));
  }

  /** The run that others wait for may have ended: it is their turn. */
  private async hear({ workflowId, status }: RunChanged): Promise<void> {
    if (workflowId === null || !isEnded(status)) return;
    try {
      if (await this.launcher.runEnded(workflowId)) this.wake();
    } catch (error) {
      this.log.warn({ workflowId, error }, 'Waiting scheduled runs could not be woken; they are looked at again soon');
    }
  }

  private async keepTidy(): Promise<void> {
    const now = performance.now();
    const tx = this.unitOfWork.direct;
    if (now - this.lastSettled > settleEveryMs) {
      this.lastSettled = now;
      await this.firings.settle(tx);
    }
    if (now - this.lastForgotten > forgetEveryMs) {
      this.lastForgotten = now;
      await this.firings.forget(tx, keepDays);
    }
  }

  private check(): CheckResult {
    const agoMs = performance.now() - this.lastGood;
    if (agoMs < worryMs) return { ok: true };
    return {
      ok: true,
      degraded: true,
      ...inWords(say`schedules were not looked at for ${{ seconds: Math.round(agoMs / 1000) }} s`),
    };
  }
}
