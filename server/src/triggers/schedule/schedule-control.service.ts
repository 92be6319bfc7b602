import { Injectable } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Ids } from '../../clock/ids.service.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import type { Editor } from '../../workflows/workflows.service.js';
import { firingKey, FiringIntake } from './firing-intake.service.js';
import { FiringLauncher } from './firing-launcher.service.js';
import { FiringsRepository } from './firings.repository.js';
import { ScheduleArming } from './schedule-arming.service.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { BackfillInvalid, ScheduledStartFailed, ScheduleNotFound, ScheduleNotLive } from './schedule.errors.js';
import type { BackfillSchedule } from './schedule.schemas.js';
import { localIso, nextTime, timesAfter } from './schedule-times.js';
import type { ScheduleRow } from './schedule.types.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Most times of one backfill. */
const maxBackfill = 1_000;

/** What a backfill will start. */
export interface Backfill {
  /** Runs that are going to start. */
  starts: number;
  /** Times of the range that had a run before. */
  alreadyRun: number;
  from: string | null;
  to: string | null;
}

/** Pauses and resumes schedules, and starts their runs at other times than their own. */
@Injectable()
export class ScheduleControl {
  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly intake: FiringIntake,
    private readonly launcher: FiringLauncher,
    private readonly arming: ScheduleArming,
    private readonly clock: ScheduleClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly ids: Ids,
  ) {}

  /**
   * Nothing starts by this schedule until it is resumed; times that come meanwhile are passed over. What had come before
   * and waits for its turn goes on waiting. Pausing again changes the note.
   * @throws ScheduleNotFound
   */
  async pause(editor: Editor, id: string, note: string | undefined): Promise<void> {
    await this.change(editor.projectId, id, async (tx, row, now) => {
      if (row.isArmed && row.pausedAt === null) await this.intake.take(tx, row, now);
      await this.schedules.pause(tx, id, row.pausedAt ?? new Date(now), editor.userId, note || null);
    });
  }

  /** Goes on with the next time from now. @throws ScheduleNotFound */
  async resume(projectId: string, id: string): Promise<void> {
    await this.change(projectId, id, async (tx, row, now) => {
      if (row.pausedAt === null) return;
      await this.schedules.resume(tx, id);
      const next = row.isArmed ? nextTime(row.settings, now) : undefined;
      await this.schedules.advance(tx, [{ id, next }], new Date(now));
    });
  }

  /**
   * Starts a run now, paused or not, whatever is going. @returns its id
   * @throws ScheduleNotFound, ScheduleNotLive, ScheduledStartFailed
   */
  async trigger(projectId: string, id: string): Promise<string> {
    const key = `schedule:${id}:trigger:${this.ids.newId()}`;
    await this.change(projectId, id, async (tx, row, now) => {
      this.requireArmed(row);
      const firing = { key, scheduleId: id, nominalAt: new Date(now), kind: 'trigger', overlap: 'allow' } as const;
      await this.firings.add(tx, [firing]);
    });
    await this.launcher.launchOne(id);
    const firing = await this.firings.find(this.unitOfWork.direct, key);
    if (firing?.runId) return firing.runId;
    throw new ScheduledStartFailed(
      say`The run could not be started: ${{ why: firing?.note ?? say`the workflow was unpublished` }}.`,
    );
  }

  /**
   * Starts runs for times that are past, paused or not. @throws ScheduleNotFound, ScheduleNotLive, BackfillInvalid
   */
  async backfill(projectId: string, id: string, { from, to, overlap, again }: BackfillSchedule): Promise<Backfill> {
    return this.change(projectId, id, async (tx, row, now) => {
      this.requireArmed(row);
      const times = backfillTimes(row, from.getTime(), to.getTime(), now);
      const suffix = again ? `:again:${this.ids.newId()}` : '';
      const firings = times.map((time) => ({
        key: firingKey(id, time) + suffix,
        scheduleId: id,
        nominalAt: new Date(time),
        kind: 'backfill' as const,
        overlap,
      }));
      const starts = firings.length === 0 ? 0 : await this.firings.addAgain(tx, firings);
      const local = (time: number | undefined) => (time === undefined ? null : localIso(time, row.settings.timezone));
      return { starts, alreadyRun: times.length - starts, from: local(times[0]), to: local(times.at(-1)) };
    });
  }

  /** What waits for its turn does not start any more. @returns how many firings that were @throws ScheduleNotFound */
  dropWaiting(projectId: string, id: string): Promise<number> {
    return this.change(projectId, id, (tx) => this.firings.drop(tx, [id], 'It was dropped by a person.'));
  }

  private async change<Result>(
    projectId: string,
    id: string,
    work: (tx: Tx, row: ScheduleRow, now: number) => Promise<Result>,
  ): Promise<Result> {
    const result = await this.unitOfWork.run(async (tx) => {
      const row = await this.schedules.lock(tx, id);
      if (row?.projectId !== projectId) throw new ScheduleNotFound(id);
      return work(tx, row, await this.clock.now(tx));
    });
    this.arming.changed();
    return result;
  }

  private requireArmed({ isArmed, workflowName, nodeName }: ScheduleRow): void {
    if (!isArmed) throw new ScheduleNotLive(workflowName, nodeName);
  }
}

function backfillTimes({ settings }: ScheduleRow, from: number, to: number, now: number): number[] {
  if (to < from) throw new BackfillInvalid(say`"to" is before "from". Give the earlier time first.`);
  if (to > now) throw new BackfillInvalid(say`"to" is in the future. A backfill is for times that are past.`);
  const times = timesAfter(settings, from - 1, to, maxBackfill + 1);
  if (times.length <= maxBackfill) return times;
  throw new BackfillInvalid(
    say`This range has more than ${{ most: maxBackfill }} times. The first ${{ most: maxBackfill }} end at ${{ end: localIso(times[maxBackfill - 1]!, settings.timezone) }}: divide it there.`,
  );
}
