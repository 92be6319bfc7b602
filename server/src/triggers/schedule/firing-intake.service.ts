import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import { Log } from '../../logging/logger.service.js';
import { dueTimes } from './due-times.js';
import { FiringsRepository, type NewFiring } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { nextTime } from './schedule-times.js';
import type { ScheduleRow } from './schedule.types.js';
import { SchedulesRepository, type Advance } from './schedules.repository.js';

/** Schedules that are advanced in one transaction. */
const roundSize = 100;
/** A clock that went back by less is not worth a correction, in milliseconds. */
const clockToleranceMs = 5_000;
/** A schedule whose times cannot be told is tried again after this, in milliseconds. */
const unreadableMs = 60_000;

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
    private readonly log: Log,
  ) {}

  /** Takes up what is due. @returns how many schedules it moved on */
  takeDue(): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const now = await this.clock.now(tx);
      const rows = await this.schedules.lockDue(tx, new Date(now), new Date(now + clockToleranceMs), roundSize);
      await this.takeAll(tx, rows, now);
      return rows.length;
    });
  }

  /** Takes up what is due of a schedule that this transaction has locked, and returns its next time. */
  async take(tx: Tx, row: ScheduleRow, now: number): Promise<number | undefined> {
    const [advance] = await this.takeAll(tx, [row], now);
    return advance ? advance.next : row.nextAt?.getTime();
  }

  private async takeAll(tx: Tx, rows: ScheduleRow[], now: number): Promise<Advance[]> {
    const taken = rows.flatMap((row) => this.takenSafely(row, now));
    await this.firings.add(
      tx,
      taken.flatMap(({ firings }) => firings),
    );
    const advances = taken.map(({ advance }) => advance);
    await this.schedules.advance(tx, advances, new Date(now));
    return advances;
  }

  /** A schedule that nobody can read any more must not keep the others from their times. */
  private takenSafely(row: ScheduleRow, now: number): { advance: Advance; firings: NewFiring[] }[] {
    try {
      return this.takenOf(row, now);
    } catch (error) {
      this.log.error(
        { scheduleId: row.id, error },
        'The times of a schedule cannot be told; publish its workflow again',
      );
      return [{ advance: { id: row.id, next: now + unreadableMs }, firings: [] }];
    }
  }

  private takenOf(row: ScheduleRow, now: number): { advance: Advance; firings: NewFiring[] }[] {
    const { id, settings, nextAt, advancedAt } = row;
    // The clock was ahead when this was advanced. Times that fired early are known by their keys and do not fire again.
    if (advancedAt.getTime() > now + clockToleranceMs) {
      return [{ advance: { id, next: nextTime(settings, now) }, firings: [] }];
    }
    if (nextAt === null || nextAt.getTime() > now) return [];
    const { due, missed, next } = dueTimes(settings, nextAt.getTime(), now);
    const advance = { id, next, ...(missed ? { missed } : {}) };
    return [{ advance, firings: due.map((time) => this.firingOf(row, time)) }];
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
