import { Injectable } from '@nestjs/common';
import type { Item, JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { ConnectorCall, ConnectorOutcome, ResolvedCredential } from '../../connectors/connector-call.types.js';
import { ConnectorHost } from '../../connectors/connector-host.service.js';
import { CredentialPlaces, type LimitedCredential } from '../../credentials/credential-places.service.js';
import { CredentialsService } from '../../credentials/credentials.service.js';
import { StepFailure, type LogLine, type NodeResult, type OutputItem } from '../../nodes/core-node.types.js';
import { madeFrom, withFiles } from '../../nodes/lineage.js';
import { routePerItem } from '../../nodes/per-item.js';
import { FileStore } from '../../runs/file-store.service.js';
import { CallFiles } from './call-files.js';
import type { EngineNodeContext } from './engine-node-context.js';
import { OwnershipLost } from '../runner/runner.errors.js';
import { Pace } from './pace.js';
import type { StepTask } from './step-task.types.js';

/** Items of one step that are with the connector at the same time. */
const concurrency = 8;

/** The call for one item. */
interface ItemWork {
  item: Item | undefined;
  index: number;
  resolved: Record<string, ResolvedCredential>;
  timeoutMs: number;
  logs: LogLine[];
}

/** Works on a step by calling its connector, item by item. */
@Injectable()
export class ConnectorSteps {
  constructor(
    private readonly connectors: ConnectorHost,
    private readonly credentials: CredentialsService,
    private readonly places: CredentialPlaces,
    private readonly files: FileStore,
  ) {}

  async run(context: EngineNodeContext, task: StepTask, timeoutMs: number): Promise<NodeResult> {
    const { projectId } = task.memory.run;
    const resolved = await this.#resolve(projectId, context.node.credentials ?? {});
    const limited = limitedOf(Object.values(resolved));
    const logs: LogLine[] = [];
    const pace = Pace.of(context);
    const call = async (item: Item | undefined, index: number): Promise<OutputItem[]> => {
      await pace?.turnOf(index, context.signal);
      return this.places.withPlaces(limited, context.signal, () =>
        this.#call(context, task, { item, index, resolved, timeoutMs, logs }),
      );
    };
    if (context.descriptor.work === 'perItem') {
      const result = await routePerItem(context, { concurrency }, async (item, index) => ({
        main: await call(item, index),
      }));
      return { ...result, logs };
    }
    return { outputs: { main: await call(context.items()[0], 0) }, logs };
  }

  /** Just in time, and only for this call: nothing that was decrypted is kept. */
  async #resolve(projectId: string, slots: Record<string, string>): Promise<Record<string, ResolvedCredential>> {
    const entries = Object.entries(slots).map(
      async ([slot, id]) => [slot, await this.credentials.resolve(projectId, id)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  async #call(context: EngineNodeContext, { memory, mayTouch }: StepTask, work: ItemWork): Promise<OutputItem[]> {
    const { item, index, resolved, timeoutMs, logs } = work;
    const { id, action } = connectorOf(context.descriptor);
    const input: JsonObject = Object.fromEntries(
      context.parameterNames.map((name) => [name, context.parameter<JsonValue>(name, index)]),
    );
    context.signal.throwIfAborted();
    if (mayTouch?.() === false) throw new OwnershipLost(memory.run.id);
    const files = new CallFiles(memory.run.id, this.files);
    const call: ConnectorCall = {
      connectorId: id,
      action,
      projectId: memory.run.projectId,
      input,
      credentials: resolved,
      files: item?.files ?? {},
      fileStore: files,
      itemIndex: index,
      onLog: ({ level, message, details }) =>
        logs.push({ level, text: details ? `${message} ${JSON.stringify(details)}` : message }),
      onProgress: (progress) => context.itemProgress(index, progress),
      idempotencyKey: (page) => context.idempotencyKey(index, page),
      runId: memory.run.id,
      timeoutMs,
      signal: context.signal,
    };
    const outcome = await this.#withSecondChance(call, mayTouch);
    if (!outcome.ok) {
      files.throwIfAway();
      throw new StepFailure(outcome.error);
    }
    const source = item === undefined ? [] : madeFrom(context, index);
    return outcome.items.map((made) => withFiles(made.json, made.files, source));
  }

  /** A child can die of something that was not this call's fault: one more try on a fresh one, under the same key. */
  async #withSecondChance(call: ConnectorCall, mayTouch: StepTask['mayTouch']): Promise<ConnectorOutcome> {
    const first = await this.connectors.call(call);
    if (first.ok || first.error.code !== 'connector.killed') return first;
    call.signal.throwIfAborted();
    if (mayTouch?.() === false) throw new OwnershipLost(call.runId);
    return this.connectors.call(call);
  }
}

/** Those that allow only so many calls at once; one that fills two slots counts once. */
function limitedOf(credentials: ResolvedCredential[]): LimitedCredential[] {
  const byId = new Map<string, LimitedCredential>();
  for (const { id, maxConcurrentCalls } of credentials)
    if (maxConcurrentCalls !== undefined) byId.set(id, { id, maxConcurrentCalls });
  return [...byId.values()];
}

function connectorOf({ connector, type }: NodeDescriptor): { id: string; action: string } {
  if (connector) return connector;
  throw new StepFailure({
    code: 'node.typeUnknown',
    message: `No connector provides ${type}. Install its plugin.`,
    retryable: false,
  });
}
