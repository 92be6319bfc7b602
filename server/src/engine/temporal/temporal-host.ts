import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { Log } from '../../logging/logger.service.js';
import type { Host } from '../runner/runner.types.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { taskQueue, workflowIdOf, workflowType } from './temporal-names.js';

/** Carries runs on Temporal: a Temporal workflow per run and epoch. */
@Injectable()
export class TemporalHost implements Host {
  readonly name = 'temporal';

  constructor(
    private readonly connection: TemporalConnection,
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  /** Runs may be given to it whenever there is a Temporal: while it is away they are kept and start when it is back. */
  isAvailable(): boolean {
    return this.connection.isConfigured;
  }

  /** Starts the run now, or leaves it to the reconciler while Temporal does not answer. */
  async start(runId: string, epoch: number): Promise<void> {
    const { link } = this.connection;
    if (!link) return;
    const workflowId = workflowIdOf(runId, epoch);
    try {
      await link.client.workflow.start(workflowType, {
        workflowId,
        taskQueue,
        args: [runId, epoch],
        // In the process that has a worker the first task comes back with the answer, without a hop through a queue.
        requestEagerStart: true,
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        staticSummary: await this.#nameOf(runId),
        workflowTaskTimeout: '10 seconds',
      });
    } catch (error) {
      if ((error as Error).name === 'WorkflowExecutionAlreadyStartedError') return;
      this.log.warn({ runId, epoch, error }, 'Temporal did not take the run; it is tried again');
    }
  }

  async wake(runId: string, epoch: number): Promise<void> {
    try {
      await this.connection.link?.client.workflow.getHandle(workflowIdOf(runId, epoch)).signal('wake');
    } catch (error) {
      // It ended meanwhile, or Temporal went away: the inbox is a row, and the reconciler looks at it again.
      this.log.debug({ runId, epoch, error }, 'Temporal took no signal for the run');
    }
  }

  /** Whether Temporal has the run under this epoch and works on it; undefined while Temporal does not answer. */
  async carries(runId: string, epoch: number): Promise<boolean | undefined> {
    const { link } = this.connection;
    if (!link) return undefined;
    try {
      const { status } = await link.client.workflow.getHandle(workflowIdOf(runId, epoch)).describe();
      return status.name === 'RUNNING';
    } catch (error) {
      return (error as Error).name === 'WorkflowNotFoundError' ? false : undefined;
    }
  }

  async #nameOf(runId: string): Promise<string> {
    const [run] = await this.database.query<{ workflow_name: string }>('SELECT workflow_name FROM run WHERE id = $1', [
      runId,
    ]);
    return (run?.workflow_name ?? 'Run').slice(0, 200);
  }
}
