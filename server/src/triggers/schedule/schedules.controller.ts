import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { Problem } from '@wfaib/sdk/workflow-document';
import { Access } from '../../auth/access.decorator.js';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import type { Caller } from '../../auth/caller.types.js';
import { decodeCursor, pageQuery, toPage, type Page, type PageQuery } from '../../http/paging.types.js';
import {
  backfillSchedule,
  firingPosition,
  nextQuery,
  pauseSchedule,
  previewSchedule,
  scheduleId,
  schedulePosition,
  schedulesQuery,
  type BackfillSchedule,
  type NextQuery,
  type PauseSchedule,
  type PreviewSchedule,
  type SchedulesQuery,
} from './schedule.schemas.js';
import { ScheduleControl, type Backfill } from './schedule-control.service.js';
import type { FiringView, ScheduleView } from './schedule.types.js';
import { firingView } from './schedule-views.js';
import { Schedules } from './schedules.service.js';

/** What starts workflows by the clock. */
@Controller('api/schedules')
export class SchedulesController {
  constructor(
    private readonly schedules: Schedules,
    private readonly control: ScheduleControl,
  ) {}

  @Get()
  @Access('workflow:read')
  async findAll(
    @Query({ schema: schedulesQuery }) { cursor, limit, workflowId, all }: SchedulesQuery,
    @CurrentCaller() { projectId }: Caller,
  ): Promise<Page<ScheduleView>> {
    const after = decodeCursor(cursor, schedulePosition)?.id;
    const filter = { projectId, all, ...(workflowId ? { workflowId } : {}), ...(after ? { after } : {}) };
    const page = toPage(
      await this.schedules.list(filter, limit + 1),
      limit,
      ({ id }) => ({ id }),
      (row) => row,
    );
    return { items: await this.schedules.views(page.items), nextCursor: page.nextCursor };
  }

  @Post('preview')
  @HttpCode(200)
  @Access('workflow:read')
  preview(@Body({ schema: previewSchedule }) body: PreviewSchedule): Promise<{ times: string[]; problems: Problem[] }> {
    return this.schedules.preview(body);
  }

  @Get(':id')
  @Access('workflow:read')
  show(@Param('id', { schema: scheduleId }) id: string, @CurrentCaller() caller: Caller): Promise<ScheduleView> {
    return this.schedules.getById(caller.projectId, id);
  }

  @Get(':id/next')
  @Access('workflow:read')
  async next(
    @Param('id', { schema: scheduleId }) id: string,
    @Query({ schema: nextQuery }) query: NextQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ times: string[] }> {
    return { times: await this.schedules.next(caller.projectId, id, query) };
  }

  @Get(':id/firings')
  @Access('run:read')
  async firings(
    @Param('id', { schema: scheduleId }) id: string,
    @Query({ schema: pageQuery }) { cursor, limit }: PageQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<FiringView>> {
    const row = await this.schedules.getRow(caller.projectId, id);
    return toPage(
      await this.schedules.listFirings(row, decodeCursor(cursor, firingPosition), limit + 1),
      limit,
      ({ nominalAt, key }) => ({ nominalAt: nominalAt.toISOString(), key }),
      (firing) => firingView(firing, row.settings.timezone),
    );
  }

  @Post(':id/pause')
  @HttpCode(200)
  @Access('run:control')
  async pause(
    @Param('id', { schema: scheduleId }) id: string,
    @Body({ schema: pauseSchedule }) body: PauseSchedule,
    @CurrentCaller() caller: Caller,
  ): Promise<ScheduleView> {
    await this.control.pause(caller, id, body?.note);
    return this.schedules.getById(caller.projectId, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Access('run:control')
  async resume(
    @Param('id', { schema: scheduleId }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<ScheduleView> {
    await this.control.resume(caller.projectId, id);
    return this.schedules.getById(caller.projectId, id);
  }

  @Post(':id/trigger')
  @HttpCode(202)
  @Access('workflow:run')
  async trigger(
    @Param('id', { schema: scheduleId }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ runId: string; status: 'pending' }> {
    return { runId: await this.control.trigger(caller.projectId, id), status: 'pending' };
  }

  @Post(':id/backfill')
  @HttpCode(202)
  @Access('workflow:run')
  backfill(
    @Param('id', { schema: scheduleId }) id: string,
    @Body({ schema: backfillSchedule }) body: BackfillSchedule,
    @CurrentCaller() caller: Caller,
  ): Promise<Backfill> {
    return this.control.backfill(caller.projectId, id, body);
  }

  @Delete(':id/waiting')
  @Access('run:control')
  async dropWaiting(
    @Param('id', { schema: scheduleId }) id: string,
    @CurrentCaller() caller: Caller,
  ): Promise<{ dropped: number }> {
    return { dropped: await this.control.dropWaiting(caller.projectId, id) };
  }
}
