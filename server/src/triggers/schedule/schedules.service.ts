import { Injectable } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { IANAZone } from 'luxon';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.service.js';
import { scheduleNode } from '../../nodes/core/schedule.node.js';
import { parameterProblems } from '../../nodes/parameters.js';
import { FiringsRepository, type ShownFiring } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { ScheduleNotFound } from './schedule.errors.js';
import type { NextQuery, PreviewSchedule } from './schedule.schemas.js';
import { scheduleSettingsOf } from './schedule-settings.js';
import { localIso, timesAfter } from './schedule-times.js';
import type { ScheduleRow, ScheduleView } from './schedule.types.js';
import { scheduleView } from './schedule-views.js';
import { SchedulesRepository } from './schedules.repository.js';

/** Shows schedules: what they are, what became of their times, and when they come next. */
@Injectable()
export class Schedules {
  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly firings: FiringsRepository,
    private readonly clock: ScheduleClock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  list(filter: Parameters<SchedulesRepository['list']>[1], limit: number): Promise<ScheduleRow[]> {
    return this.schedules.list(this.unitOfWork.direct, filter, limit);
  }

  /** @throws ScheduleNotFound */
  async getRow(projectId: string, id: string, tx: Tx = this.unitOfWork.direct): Promise<ScheduleRow> {
    const row = await this.schedules.find(tx, projectId, id);
    if (row === undefined) throw new ScheduleNotFound(id);
    return row;
  }

  /** @throws ScheduleNotFound */
  async getById(projectId: string, id: string): Promise<ScheduleView> {
    return (await this.views([await this.getRow(projectId, id)]))[0]!;
  }

  async views(rows: ScheduleRow[]): Promise<ScheduleView[]> {
    const ids = rows.map(({ id }) => id);
    const tx = this.unitOfWork.direct;
    const [newest, counts] = await Promise.all([this.firings.newest(tx, ids), this.firings.counts(tx, ids)]);
    const lastOf = new Map(newest.map((firing) => [firing.scheduleId, firing]));
    const countsOf = new Map(counts.map((each) => [each.scheduleId, each]));
    return rows.map((row) => {
      const { waiting = 0, running = 0 } = countsOf.get(row.id) ?? {};
      return scheduleView(row, { last: lastOf.get(row.id), waiting, running });
    });
  }

  listFirings(
    { id }: ScheduleRow,
    before: { nominalAt: string; key: string } | undefined,
    limit: number,
  ): Promise<ShownFiring[]> {
    return this.firings.list(this.unitOfWork.direct, id, before, limit);
  }

  /** The next times of a schedule, whether it is paused or not. @throws ScheduleNotFound */
  async next(projectId: string, id: string, { count, from }: NextQuery): Promise<string[]> {
    const { settings } = await this.getRow(projectId, id);
    const after = from?.getTime() ?? (await this.clock.now(this.unitOfWork.direct));
    return timesAfter(settings, after, Infinity, count).map((time) => localIso(time, settings.timezone));
  }

  /** The next times of a schedule that is being written, or what is wrong with it. */
  async preview({ parameters, timezone, count }: PreviewSchedule): Promise<{ times: string[]; problems: Problem[] }> {
    const problems = parameterProblems({ id: 'schedule', name: 'Schedule', parameters }, scheduleNode.descriptor);
    if (problems.some(({ severity }) => severity === 'error')) return { times: [], problems };
    const settings = scheduleSettingsOf(parameters, IANAZone.isValidZone(timezone) ? timezone : 'UTC');
    const now = await this.clock.now(this.unitOfWork.direct);
    const times = timesAfter(settings, now, Infinity, count);
    return { times: times.map((time) => localIso(time, settings.timezone)), problems };
  }
}
