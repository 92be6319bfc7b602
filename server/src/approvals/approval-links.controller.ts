import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/public.decorator.js';
import { decision, type Decision } from '../engine/control/decision.types.js';
import { ApprovalLinks } from './approval-links.service.js';
import type { LinkedApproval } from './approval.types.js';
import { linkText } from './approvals.schemas.js';

/** What the page behind a link asks. The token is the proof. Public, as those who get one have no account. */
@ApiTags('approvals')
@Controller('api/approval-links')
@Public()
export class ApprovalLinksController {
  constructor(private readonly links: ApprovalLinks) {}

  @Get(':token')
  @Header('cache-control', 'no-store')
  show(@Param('token', { schema: linkText }) token: string): Promise<LinkedApproval> {
    return this.links.show(token);
  }

  @Post(':token')
  @HttpCode(200)
  decide(
    @Param('token', { schema: linkText }) token: string,
    @Body({ schema: decision }) body: Decision,
  ): Promise<LinkedApproval> {
    return this.links.decide(token, body);
  }
}
