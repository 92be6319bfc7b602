import { Injectable } from '@nestjs/common';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { Database } from '../../database/database.service.js';
import { Runner } from '../runner/runner.service.js';
import { createRunActivities } from './run-activities.js';
import { taskQueue } from './temporal-names.js';
import { workflowBundlePath } from './workflow-bundle.js';

/** How long work in progress may go on after a stop was asked for. */
const graceMs = 20_000;

/** Makes the Temporal worker of this process. */
@Injectable()
export class TemporalWorkers {
  constructor(
    private readonly runner: Runner,
    private readonly database: Database,
  ) {}

  create(sdk: typeof import('@temporalio/worker'), connection: NativeConnection, namespace: string): Promise<Worker> {
    return sdk.Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowBundle: { codePath: workflowBundlePath },
      activities: { ...createRunActivities(this.runner, (runId) => this.#lightInPlace(runId)) },
      identity: `${process.pid}@wfaib`,
      // The cache counts Temporal workflows, not memory; an unbounded one can end the process.
      maxCachedWorkflows: 200,
      maxConcurrentActivityTaskExecutions: 100,
      maxConcurrentLocalActivityExecutions: 100,
      maxConcurrentWorkflowTaskExecutions: 40,
      shutdownGraceTime: graceMs,
      stickyQueueScheduleToStartTimeout: '5 seconds',
    });
  }

  async #lightInPlace(runId: string): Promise<boolean> {
    const [run] = await this.database.query<{ durability: string }>('SELECT durability FROM run WHERE id = $1', [
      runId,
    ]);
    return run?.durability !== 'strict';
  }
}
