import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import type { RunView } from '../runs/run.types.js';
import { RunCare } from './control/run-care.service.js';
import { pauseRun, type PauseRun } from './run-care.schemas.js';
import { runIdParam } from './run-control.schemas.js';

/** What the runbook for stuck runs asks for. */
@Controller('api/runs')
export class RunCareController {
  constructor(private readonly care: RunCare) {}

  @Post(':id/pause')
  @HttpCode(200)
  @Access('run:control')
  pause(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: pauseRun }) { reason }: PauseRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView> {
    return this.care.pause(caller, id, reason);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Access('run:control')
  release(@Param('id', { schema: runIdParam }) id: string, @CurrentCaller() caller: Caller): Promise<RunView> {
    return this.care.release(caller, id);
  }
}
