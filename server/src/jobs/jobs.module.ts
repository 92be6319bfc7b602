import { Module } from '@nestjs/common';
import { DeadJobs } from './dead-jobs.service.js';
import { JobQueue } from './job-queue.service.js';
import { JobsController } from './jobs.controller.js';
import { Queues } from './queues.service.js';

/** Queues, and the small jobs that nobody waits for. */
@Module({
  controllers: [JobsController],
  providers: [Queues, JobQueue, DeadJobs],
  exports: [Queues, JobQueue],
})
export class JobsModule {}
