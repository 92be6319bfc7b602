import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { decision, type Decision } from '../engine/control/decision.types.js';
import type { Page } from '../http/paging.types.js';
import { ApprovalInbox } from './approval-inbox.service.js';
import type { ApprovalView } from './approval.types.js';
import { approvalId, approvalsQuery, type ApprovalsQuery } from './approvals.schemas.js';

/** Who may read runs may look; who is asked by name, or may control runs, may decide. */
@ApiTags('approvals')
@Controller('api/approvals')
export class ApprovalsController {
  constructor(private readonly inbox: ApprovalInbox) {}

  @Get()
  @Access('run:read')
  list(
    @Query({ schema: approvalsQuery }) query: ApprovalsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Page<ApprovalView>> {
    return this.inbox.list(caller, query);
  }

  @Get('count')
  @Access('run:read')
  count(@CurrentCaller() caller: Caller): Promise<{ mine: number; all: number }> {
    return this.inbox.count(caller);
  }

  @Get(':id')
  @Access('run:read')
  show(@Param('id', { schema: approvalId }) id: string, @CurrentCaller() caller: Caller): Promise<ApprovalView> {
    return this.inbox.getById(caller, id);
  }

  @Post(':id/decide')
  @HttpCode(200)
  @Access('run:read')
  decide(
    @Param('id', { schema: approvalId }) id: string,
    @Body({ schema: decision }) body: Decision,
    @CurrentCaller() caller: Caller,
  ): Promise<ApprovalView> {
    return this.inbox.decide(caller, id, body);
  }
}
