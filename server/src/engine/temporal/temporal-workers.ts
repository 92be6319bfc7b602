import { Injectable } from '@nestjs/common';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { RunPause } from '../reconciler/run-pause.service.js';
import { Runner } from '../runner/runner.service.js';
import { RunSlots } from '../runner/run-slots.js';
import { TemporalCodec } from './codec/temporal-codec.service.js';
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
    private readonly slots: RunSlots,
    private readonly pause: RunPause,
    private readonly codec: TemporalCodec,
  ) {}

  async create(
    sdk: typeof import('@temporalio/worker'),
    connection: NativeConnection,
    namespace: string,
  ): Promise<Worker> {
    return sdk.Worker.create({
      connection,
      namespace,
      taskQueue,
      dataConverter: { payloadCodecs: [await this.codec.get()] },
      workflowBundle: { codePath: workflowBundlePath },
      activities: {
        ...createRunActivities({
          runner: this.runner,
          pause: this.pause,
          hearNews: (runId) => this.#hearNews(runId),
        }),
      },
      identity: `${process.pid}@wfaib`,
      // The cache counts Temporal workflows, not memory; an unbounded one can end the process.
      maxCachedWorkflows: 200,
      maxConcurrentActivityTaskExecutions: 100,
      maxConcurrentLocalActivityExecutions: 100,
      maxConcurrentWorkflowTaskExecutions: 40,
      // Temporal hears of a step at least this often, well within the silence it takes for death.
      maxHeartbeatThrottleInterval: '4 seconds',
      shutdownGraceTime: graceMs,
      stickyQueueScheduleToStartTimeout: '5 seconds',
    });
  }

  /** Temporal may tell of news sooner than PostgreSQL does. */
  #hearNews(runId: string): void {
    const slot = this.slots.find(runId);
    if (slot) slot.hasNews = true;
  }
}
