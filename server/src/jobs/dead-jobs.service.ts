import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Job } from 'bullmq';
import { say } from '@wfaib/sdk/sentence';
import { HealthChecks, inWords, type CheckResult } from '../lifecycle/health-checks.service.js';
import { JobQueue } from './job-queue.service.js';
import type { DeadJob, JobContent } from './job.types.js';
import { DeadJobNotFound } from './jobs.errors.js';
import { Queues } from './queues.service.js';

/** Jobs that failed for good. They are kept until a person runs them again or deletes them. */
@Injectable()
export class DeadJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobQueue,
    private readonly queues: Queues,
    private readonly health: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.health.register('jobs', () => this.#check());
  }

  /** Those that died last first. */
  async list(offset: number, limit: number): Promise<DeadJob[]> {
    const { queue } = await this.jobs.handle.get();
    const found = (await queue.getFailed(offset, offset + limit - 1)) as Job<JobContent>[];
    return found.map(toDeadJob);
  }

  /** Gives a dead job all its tries again. @throws DeadJobNotFound */
  async runAgain(id: string): Promise<void> {
    const job = await this.#find(id);
    await job.retry('failed', { resetAttemptsMade: true });
  }

  /** @throws DeadJobNotFound */
  async remove(id: string): Promise<void> {
    await (await this.#find(id)).remove();
  }

  async #find(id: string): Promise<Job<JobContent>> {
    const { queue } = await this.jobs.handle.get();
    const job = (await queue.getJob(id)) as Job<JobContent> | undefined;
    if (job === undefined || !(await job.isFailed())) throw new DeadJobNotFound(id);
    return job;
  }

  async #check(): Promise<CheckResult> {
    try {
      const { queue } = await this.jobs.handle.get();
      const { failed = 0, waiting = 0, delayed = 0 } = await queue.getJobCounts('failed', 'waiting', 'delayed');
      const regular = await queue.getJobSchedulersCount();
      const waitingNow = Math.max(0, waiting + delayed - regular);
      const told = say`in ${{ store: this.queues.store }}; ${{ waitingNow }} waiting, ${{ failed }} failed for good, ${{ regular }} regular`;
      return { ok: true, degraded: failed > 0, ...inWords(told) };
    } catch (error) {
      // Runs go on without small jobs.
      return { ok: true, degraded: true, detail: (error as Error).message };
    }
  }
}

function toDeadJob(job: Job<JobContent>): DeadJob {
  return {
    id: String(job.id),
    kind: job.data.kind,
    data: job.data.data,
    attempts: job.attemptsMade,
    error: job.failedReason,
    createdAt: new Date(job.timestamp),
    failedAt: job.finishedOn === undefined ? null : new Date(job.finishedOn),
  };
}
