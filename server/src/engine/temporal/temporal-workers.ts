import { Injectable } from '@nestjs/common';
import type { NativeConnection, Worker, WorkerOptions } from '@temporalio/worker';
import { Settings } from '../../config/config.service.js';
import { RunPause } from '../reconciler/run-pause.service.js';
import { Runner } from '../runner/runner.service.js';
import { RunSlots } from '../runner/run-slots.js';
import { TemporalCodec } from './codec/temporal-codec.service.js';
import { createRunActivities } from './run-activities.js';
import { StartTurns } from './start-turns.js';
import { taskQueue } from './temporal-names.js';
import { apartQueues } from './workflows/apart-queues.js';
import { workflowBundlePath } from './workflow-bundle.js';

/** How long work in progress may go on after a stop was asked for. */
const graceMs = 20_000;

/** What the workers of this process have in common. */
type Shared = Pick<WorkerOptions, 'connection' | 'namespace' | 'activities' | 'dataConverter'>;

/** Makes the Temporal workers of this process. */
@Injectable()
export class TemporalWorkers {
  constructor(
    private readonly runner: Runner,
    private readonly slots: RunSlots,
    private readonly turns: StartTurns,
    private readonly pause: RunPause,
    private readonly codec: TemporalCodec,
    private readonly settings: Settings,
  ) {}

  /** One for everything; or, where task queues are apart, one for each that this server works on. */
  async create(
    sdk: typeof import('@temporalio/worker'),
    connection: NativeConnection,
    namespace: string,
  ): Promise<Worker[]> {
    const { runner, pause, slots, turns } = this;
    const shared: Shared = {
      connection,
      namespace,
      activities: { ...createRunActivities({ runner, pause, slots, turns }) },
      dataConverter: { payloadCodecs: [await this.codec.get()] },
    };
    const { taskQueues } = this.settings;
    const queues = taskQueues.length === 0 ? (['core'] as const) : [...new Set(taskQueues)];
    return Promise.all(
      queues.map((queue) => sdk.Worker.create(queue === 'core' ? coreOf(shared) : apartOf(shared, queue))),
    );
  }
}

const activityOptions = {
  identity: `${process.pid}@wfaib`,
  maxConcurrentActivityTaskExecutions: 100,
  // Temporal hears of a step at least this often, well within the silence it takes for death.
  maxHeartbeatThrottleInterval: '4 seconds',
  shutdownGraceTime: graceMs,
} as const;

/** Decides, and works on every step that has no queue of its own. */
function coreOf(shared: Shared): WorkerOptions {
  return {
    ...shared,
    ...activityOptions,
    taskQueue,
    workflowBundle: { codePath: workflowBundlePath },
    // The cache counts Temporal workflows, not memory; an unbounded one can end the process.
    maxCachedWorkflows: 200,
    maxConcurrentLocalActivityExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 40,
    stickyQueueScheduleToStartTimeout: '5 seconds',
  };
}

/** Works on steps and decides nothing. */
function apartOf(shared: Shared, queue: keyof typeof apartQueues): WorkerOptions {
  return { ...shared, ...activityOptions, taskQueue: apartQueues[queue] };
}
