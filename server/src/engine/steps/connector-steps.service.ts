import { Injectable } from '@nestjs/common';
import type { Item, JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { ConnectorCall, ResolvedCredential } from '../../connectors/connector-call.types.js';
import { ConnectorHost } from '../../connectors/connector-host.service.js';
import { CredentialsService } from '../../credentials/credentials.service.js';
import { StepFailure, type NodeResult, type OutputItem } from '../../nodes/core-node.types.js';
import { madeFrom, withFiles } from '../../nodes/lineage.js';
import { routePerItem } from '../../nodes/per-item.js';
import type { EngineNodeContext } from './engine-node-context.js';
import { OwnershipLost } from '../runner/runner.errors.js';
import type { StepTask } from './step-task.types.js';

/** Items of one step that are with the connector at the same time. */
const concurrency = 8;

/** Works on a step by calling its connector, item by item. */
@Injectable()
export class ConnectorSteps {
  constructor(
    private readonly connectors: ConnectorHost,
    private readonly credentials: CredentialsService,
  ) {}

  async run(context: EngineNodeContext, task: StepTask, timeoutMs: number): Promise<NodeResult> {
    const { projectId } = task.memory.run;
    const resolved = await this.#resolve(projectId, context.node.credentials ?? {});
    const call = (item: Item | undefined, index: number) =>
      this.#call(context, task, { item, index, resolved, timeoutMs });
    if (context.descriptor.work === 'perItem') {
      return routePerItem(context, { concurrency }, async (item, index) => ({ main: await call(item, index) }));
    }
    return { outputs: { main: await call(context.items()[0], 0) } };
  }

  /** Just in time, and only for this call: nothing that was decrypted is kept. */
  async #resolve(projectId: string, slots: Record<string, string>): Promise<Record<string, ResolvedCredential>> {
    const entries = Object.entries(slots).map(
      async ([slot, id]) => [slot, await this.credentials.resolve(projectId, id)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  async #call(
    context: EngineNodeContext,
    { memory, mayTouch }: StepTask,
    work: { item: Item | undefined; index: number; resolved: Record<string, ResolvedCredential>; timeoutMs: number },
  ): Promise<OutputItem[]> {
    const { item, index, resolved, timeoutMs } = work;
    const { id, action } = connectorOf(context.descriptor);
    const input: JsonObject = Object.fromEntries(
      context.parameterNames.map((name) => [name, context.parameter<JsonValue>(name, index)]),
    );
    context.signal.throwIfAborted();
    if (mayTouch?.() === false) throw new OwnershipLost(memory.run.id);
    const call: ConnectorCall = {
      connectorId: id,
      action,
      projectId: memory.run.projectId,
      input,
      credentials: resolved,
      files: item?.files ?? {},
      idempotencyKey: (page) => context.idempotencyKey(index, page),
      runId: memory.run.id,
      timeoutMs,
      signal: context.signal,
    };
    const outcome = await this.connectors.call(call);
    if (!outcome.ok) throw new StepFailure(outcome.error);
    const source = item === undefined ? [] : madeFrom(context, index);
    return outcome.items.map((made) => withFiles(made.json, made.files, source));
  }
}

function connectorOf({ connector, type }: NodeDescriptor): { id: string; action: string } {
  if (connector) return connector;
  throw new StepFailure({
    code: 'node.typeUnknown',
    message: `No connector provides ${type}. Install its plugin.`,
    retryable: false,
  });
}
