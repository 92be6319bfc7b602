import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Access } from '../../auth/access.decorator.js';
import { CurrentCaller } from '../../auth/caller.decorator.js';
import type { Caller } from '../../auth/caller.types.js';
import { decodeCursor, pageQuery, toPage, type Page } from '../../http/paging.types.js';
import { runIdParam } from '../run-control.schemas.js';
import { RunHistory, type HistoryEntry, type RunThen } from './run-history.service.js';

const position = z.object({ seq: z.number().int().min(0) });
/** `after`: the list begins after this event, so that it can be entered anywhere. */
const historyQuery = pageQuery.extend({ after: z.coerce.number().int().min(0).max(2_147_483_647).default(0) });
type HistoryQuery = z.infer<typeof historyQuery>;
const seqParam = z.coerce.number().int().min(1).max(2_147_483_647).meta({ title: 'event' });

/** What happened to a run, and what it was like at any moment of it. */
@Controller('api/runs')
export class RunHistoryController {
  constructor(private readonly history: RunHistory) {}

  /** The journal in words, oldest event first. */
  @Get(':id/history')
  @Access('run:read')
  async list(
    @Param('id', { schema: runIdParam }) id: string,
    @Query({ schema: historyQuery }) { cursor, limit, after }: HistoryQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<HistoryEntry>> {
    const last = decodeCursor(cursor, position)?.seq ?? after;
    const rows = await this.history.entries(caller.projectId, id, last, limit + 1);
    return toPage(
      rows,
      limit,
      ({ seq }) => ({ seq }),
      (entry) => entry,
    );
  }

  /** The run as it was after event `seq`: its status, its steps, what it waited for. */
  @Get(':id/at/:seq')
  @Access('run:read')
  at(
    @Param('id', { schema: runIdParam }) id: string,
    @Param('seq', { schema: seqParam }) seq: number,
    @CurrentCaller() caller: Caller,
  ): Promise<RunThen> {
    return this.history.at(caller.projectId, id, seq);
  }
}
