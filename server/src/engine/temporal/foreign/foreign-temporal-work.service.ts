import { Injectable } from '@nestjs/common';
import type { ActivityHandle, Client, WorkflowHandle } from '@temporalio/client';
import type { JsonValue } from '@wfaib/sdk/items';
import { Settings } from '../../../config/config.service.js';
import { StepFailure } from '../../../nodes/core-node.types.js';
import type { ForeignWork } from '../../../nodes/temporal/foreign-work.types.js';
import { RunStopped } from '../../runner/run-stopped.js';
import { TemporalPresence, type TemporalLink } from '../temporal-presence.js';
import { failureOf } from './foreign-failure.js';

/** Longest time that is waited for Temporal to take a cancellation, in milliseconds. */
const cancelMs = 5_000;

/**
 * Activities and workflows of other programs on the same Temporal. What is handed over is not sealed: their workers would
 * not know how to open it. A step that is done again finds the work it asked for by its id, running or done.
 */
@Injectable()
export class ForeignTemporalWork {
  constructor(
    private readonly presence: TemporalPresence,
    private readonly settings: Settings,
  ) {}

  /**
   * Has it done, and answers its result: of a workflow that is not waited for, where to find it.
   * @param timeoutMs longest it may take, which Temporal is told as well
   * @param signal stops waiting. The work itself is cancelled where the run was stopped or its time is over, and goes on
   *   where only this process lets go of the step
   * @throws StepFailure `temporal.failed`, `temporal.unavailable`
   */
  async perform(work: ForeignWork, timeoutMs: number, signal: AbortSignal): Promise<JsonValue | undefined> {
    const client = await this.#clientFor(work);
    try {
      const asking = client.withAbortSignal(signal, async () => {
        const handle = await begin(client, work, timeoutMs);
        return work.isAwaited ? ((await handle.result()) as JsonValue) : { workflowId: work.id };
      });
      // A question to Temporal that is under way is not cut short: it is left behind, and no other follows.
      return await Promise.race([asking, aborted(signal)]);
    } catch (error) {
      if (!signal.aborted) throw failureOf(error, work);
      if (isGivenUp(signal)) await this.#cancel(client, work);
      throw signal.reason;
    }
  }

  async #clientFor({ namespace }: ForeignWork): Promise<Client> {
    const link = this.presence.link ?? this.#complain();
    const { Client } = await import('@temporalio/client');
    return new Client({ connection: link.connection, namespace: namespace ?? this.settings.temporalNamespace });
  }

  #complain(): TemporalLink {
    const { isConfigured } = this.presence;
    throw new StepFailure({
      code: 'temporal.unavailable',
      message: isConfigured
        ? 'Temporal does not answer at the moment.'
        : 'This installation has no Temporal: set TEMPORAL_ADDRESS to one that your workers use as well.',
      retryable: isConfigured,
    });
  }

  async #cancel(client: Client, { kind, id }: ForeignWork): Promise<void> {
    const cancel = () =>
      kind === 'workflow'
        ? client.workflow.getHandle(id).cancel()
        : client.activity.getHandle(id).cancel('The run of WFAIB that asked for it was stopped.');
    // It may have ended meanwhile, or Temporal may be away: the step ends all the same.
    await client.withDeadline(Date.now() + cancelMs, async () => void (await cancel())).catch(() => undefined);
  }
}

async function begin(client: Client, work: ForeignWork, timeoutMs: number): Promise<ActivityHandle | WorkflowHandle> {
  const { kind, name, taskQueue, args, id, maxAttempts } = work;
  try {
    if (kind === 'workflow')
      return await client.workflow.start(name, {
        workflowId: id,
        taskQueue,
        args,
        retry: { maximumAttempts: maxAttempts },
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'USE_EXISTING',
        ...(work.isAwaited ? { workflowExecutionTimeout: timeoutMs } : {}),
      });
    return await client.activity.start(name, {
      id,
      taskQueue,
      args,
      retry: { maximumAttempts: maxAttempts },
      scheduleToCloseTimeout: timeoutMs,
      idReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      idConflictPolicy: 'USE_EXISTING',
      ...(work.heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeout: work.heartbeatTimeoutMs }),
    });
  } catch (error) {
    const { name: kindOfError } = error as Error;
    if (kindOfError === 'WorkflowExecutionAlreadyStartedError') return client.workflow.getHandle(id);
    if (kindOfError === 'ActivityExecutionAlreadyStartedError') return client.activity.getHandle(id);
    throw error;
  }
}

/** Rejects when the signal is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Nobody wants the work any more: the run was stopped, or the step is out of time. */
function isGivenUp({ reason }: AbortSignal): boolean {
  return reason instanceof RunStopped || reason instanceof StepFailure;
}
