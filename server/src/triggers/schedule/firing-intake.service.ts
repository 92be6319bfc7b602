import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import { dueTimes } from './due-times.js';
import { FiringsRepository, type NewFiring } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { nextTime } from './schedule-times.js';
import type { ScheduleRow } from './schedule.types.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Schedules that are advanced in one transaction. */
const roundSize = 100;
/** A clock that went back by less is not worth a correction, in milliseconds. */
const clockToleranceMs = 5_000;

/** The idempotency key of the run of a schedule at a time of its own. */
export function firingKey(scheduleId: string, nominalAt: number): string {
  return `schedule:${scheduleId}:${new Date(nominalAt).toISOString()}`;
}

/**
 * Takes up the times that have come: the time moves on and the firing is stored in one transaction, so that a time is taken
 * up once, whichever process does it and wherever it dies. The runs are started from the stored firings.
 */
@Injectable()
export class FiringIntake {
  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly clock: ScheduleClock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Takes up what is due. @returns how many schedules it moved on */
  takeDue(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const now = await this.clock.now(tx);
      const rows = await this.schedules.lockDue(tx, new Date(now), new Date(now + clockToleranceMs), roundSize);
      for (const row of rows) await this.take(tx, row, now);
      return rows.length;
    });
  }

  /** Takes up what is due of a schedule that this transaction has locked, and returns its next time. */
  async take(tx: Tx, row: ScheduleRow, now: number): Promise<number | undefined> {
    const { settings, nextAt, advancedAt } = row;
    const at = new Date(now);
    if (advancedAt.getTime() > now + clockToleranceMs) {
      // The clock was ahead when this was advanced. Times that fired early are known by their keys and do not fire again.
      const next = nextTime(settings, now);
      await this.schedules.advance(tx, row.id, { next, at });
      return next;
    }
    if (nextAt === null || nextAt.getTime() > now) return nextAt?.getTime();
    const { due, missed, next } = dueTimes(settings, nextAt.getTime(), now);
    await this.firings.add(
      tx,
      due.map((time) => this.firingOf(row, time)),
    );
    await this.schedules.advance(tx, row.id, { next, at, ...(missed ? { missed } : {}) });
    return next;
  }

  private firingOf({ id, settings }: ScheduleRow, time: number): NewFiring {
    return {
      key: firingKey(id, time),
      scheduleId: id,
      nominalAt: new Date(time),
      kind: 'schedule',
      overlap: settings.overlap,
    };
  }
}
