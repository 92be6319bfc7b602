import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../auth/access.decorator.js';
import { DeadJobs } from './dead-jobs.service.js';
import type { DeadJob } from './job.types.js';
import { deadJobsQuery, jobId, type DeadJobsQuery } from './jobs.schemas.js';

/** What became of small jobs that failed for good. They are the installation's, not a project's: for its settings. */
@ApiTags('jobs')
@Controller('api/jobs/dead')
export class JobsController {
  constructor(private readonly dead: DeadJobs) {}

  @Get()
  @Access('settings:edit')
  async list(
    @Query({ schema: deadJobsQuery }) { cursor, limit }: DeadJobsQuery,
  ): Promise<{ items: DeadJob[]; nextCursor: string | null }> {
    const items = await this.dead.list(cursor, limit);
    return { items, nextCursor: items.length < limit ? null : String(cursor + limit) };
  }

  @Post(':id/retry')
  @HttpCode(204)
  @Access('settings:edit')
  runAgain(@Param('id', { schema: jobId }) id: string): Promise<void> {
    return this.dead.runAgain(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('settings:edit')
  remove(@Param('id', { schema: jobId }) id: string): Promise<void> {
    return this.dead.remove(id);
  }
}
