import { Controller, Get, Param, Query } from '@nestjs/common';
import { Access } from '../auth/access.decorator.js';
import { CurrentCaller } from '../auth/caller.decorator.js';
import type { Caller } from '../auth/caller.types.js';
import { iterationsQuery, logsQuery, recentQuery, stepOutputsQuery, stepsQuery } from './run-pages.schemas.js';
import type { IterationsQuery, LogsQuery, RecentQuery, StepOutputsQuery, StepsQuery } from './run-pages.schemas.js';
import { RunPages } from './run-pages.service.js';
import type { LoopIterations, PastOutput, RunLogLine, RunOverview, Slice, StepStory } from './run-pages.types.js';
import { runId } from './runs.schemas.js';

/** What the page of a run asks for, piece by piece. */
@Controller('api')
export class RunPagesController {
  constructor(private readonly pages: RunPages) {}

  /** The run, and what each node of its document did over all visits. Its size does not depend on how often loops went round. */
  @Get('runs/:id/overview')
  @Access('run:read')
  overview(@Param('id', { schema: runId }) id: string, @CurrentCaller() caller: Caller): Promise<RunOverview> {
    return this.pages.overview(caller.projectId, id, caller.permissions.has('settings:edit'));
  }

  /** Visits in the order of their starts, with the tries that failed and the pauses of each. */
  @Get('runs/:id/steps')
  @Access('run:read')
  steps(
    @Param('id', { schema: runId }) id: string,
    @Query({ schema: stepsQuery }) { offset, limit, ...filter }: StepsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<Slice<StepStory>> {
    return this.pages.steps(caller.projectId, id, filter, { offset, limit });
  }

  /** The iterations of a loop, named by the nodes of its body. */
  @Get('runs/:id/iterations')
  @Access('run:read')
  iterations(
    @Param('id', { schema: runId }) id: string,
    @Query({ schema: iterationsQuery }) { within = [], ...question }: IterationsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<LoopIterations> {
    return this.pages.iterations(caller.projectId, id, { within, ...question });
  }

  /** What all steps wrote, in the order of their starts; `offset` and `limit` count steps. */
  @Get('runs/:id/logs')
  @Access('run:read')
  logs(
    @Param('id', { schema: runId }) id: string,
    @Query({ schema: logsQuery }) query: LogsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: RunLogLine[]; nextOffset: number | null }> {
    return this.pages.logs(caller.projectId, id, query);
  }

  /** What one step of a workflow gave in its newest visits, newest first, over all runs; the items are asked for by visit. */
  @Get('step-outputs')
  @Access('run:read')
  async stepOutputs(
    @Query({ schema: stepOutputsQuery }) { workflowId, nodeId, limit }: StepOutputsQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: PastOutput[]; nextCursor: null }> {
    return { items: await this.pages.pastOutputs(caller.projectId, workflowId, nodeId, limit), nextCursor: null };
  }

  /** The 20 newest runs of each workflow: `{ <workflowId>: [{ id, status, createdAt }] }`. */
  @Get('recent-runs')
  @Access('run:read')
  recent(@Query({ schema: recentQuery }) { workflowIds }: RecentQuery, @CurrentCaller() caller: Caller) {
    return this.pages.recent(caller.projectId, workflowIds);
  }
}
