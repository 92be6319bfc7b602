import { Body, Controller, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import type { RetryForecast } from './control/retry-forecast.js';
import type { RetriedRun } from './control/run-retry.service.js';
import { RunQueries } from '../runs/run-queries.service.js';
import type { RunView } from '../runs/run.types.js';
import { runWaitQuery } from '../runs/run-wait.types.js';
import type { RunWaitQuery } from '../runs/run-wait.types.js';
import { cancelRun, decideRun, resumeRun, retryRun, runIdParam, startRun } from './run-control.schemas.js';
import type { CancelRun, DecideRun, ResumeRun, RetryRun, StartRun } from './run-control.schemas.js';
import { RunControl } from './run-control.service.js';
import { ApprovalControl } from './control/approval-control.service.js';
import { RunResume } from './control/run-resume.service.js';

/** What `POST /api/runs` answers where it does not wait. */
interface StartedRun {
  runId: string;
  status: 'pending';
  workflowId: string | null;
}

@Controller('api/runs')
export class RunControlController {
  constructor(
    private readonly control: RunControl,
    private readonly approvals: ApprovalControl,
    private readonly resumes: RunResume,
    private readonly runs: RunQueries,
  ) {}

  @Post()
  @HttpCode(202)
  @Access('workflow:run')
  async start(
    @Body({ schema: startRun }) body: StartRun,
    @Query({ schema: runWaitQuery }) { wait }: RunWaitQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StartedRun | RunView> {
    const run = await this.control.start(caller, body);
    const { runId, workflowId, existing } = run;
    void reply.header('x-wfaib-run-id', runId);
    const isOver = wait > 0 && (await run.end(wait)) !== undefined;
    if (existing || isOver) void reply.code(200);
    if (existing || isOver) return this.runs.getById(caller.projectId, runId);
    return { runId, status: 'pending', workflowId };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Access('run:control')
  cancel(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: cancelRun }) { force }: CancelRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView> {
    return force ? this.control.forceStop(caller, id) : this.control.cancel(caller, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @Access('run:control')
  resume(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: resumeRun }) body: ResumeRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView> {
    return this.resumes.resume(caller, id, body);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @Access('run:control')
  async retry(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: retryRun }) body: RetryRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView & { runId: string; kept: RetriedRun['kept'] }> {
    const { runId, kept } = await this.control.retry(caller, id, body);
    return { runId, kept, ...(await this.runs.getById(caller.projectId, runId)) };
  }

  /** What a retry with this body would keep and do again; nothing is started. */
  @Post(':id/retry/forecast')
  @HttpCode(200)
  @Access('run:read')
  forecastRetry(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: retryRun }) body: RetryRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RetryForecast> {
    return this.control.forecastRetry(caller, id, body);
  }

  @Post(':id/decide')
  @HttpCode(200)
  @Access('run:control')
  decide(
    @Param('id', { schema: runIdParam }) id: string,
    @Body({ schema: decideRun }) body: DecideRun,
    @CurrentCaller() caller: Caller,
  ): Promise<RunView> {
    return this.approvals.decide(caller, id, body);
  }
}
