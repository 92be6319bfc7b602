import { Injectable } from '@nestjs/common';
import type { Item, ItemInput } from '@wfaib/sdk/items';
import { Clock } from '../../clock/clock.service.js';
import { Settings } from '../../config/config.service.js';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import { coreNodes } from '../../nodes/core-nodes.js';
import {
  PartialFailure,
  StepFailure,
  type LogLine,
  type NodePorts,
  type NodeResult,
} from '../../nodes/core-node.types.js';
import { stepErrorOf } from '../../nodes/step-error.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { isLight, timeoutOf } from '../runner/host-commands.js';
import type { RunMemory } from '../runner/run-memory.js';
import { OwnershipLost } from '../runner/runner.errors.js';
import { CodePort } from './code-port.service.js';
import { ConnectorSteps } from './connector-steps.service.js';
import { EngineNodeContext } from './engine-node-context.js';
import { NodeViews } from './node-views.js';
import { failedWholly, outputsOf, pinnedOutputs, skippedOutputs } from './step-outputs.js';
import { referencedNamesOf } from './referenced-names.js';
import { RunItems } from './run-items.service.js';
import { SeenValues } from './seen-values.service.js';
import { StepInput } from './step-input.js';
import type { StepEnd, StepOutcome } from './step-outcome.types.js';
import { StepScope } from './step-scope.js';
import type { StepTask } from './step-task.types.js';
import { withTimeout } from './with-timeout.js';

/** Executes one try of a step: the only place where steps meet the outside. */
@Injectable()
export class StepExecutor {
  constructor(
    private readonly items: RunItems,
    private readonly connectors: ConnectorSteps,
    private readonly code: CodePort,
    private readonly seen: SeenValues,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The items on the first input port of a visit. */
  async inputOf(memory: RunMemory, visit: StepVisit): Promise<readonly Item[]> {
    return (await StepInput.load(memory, visit, this.items)).first;
  }

  /**
   * @throws OwnershipLost where this process may not go on, and whatever the task's signal was aborted with: nothing is
   * known of the outcome then
   */
  async execute(task: StepTask): Promise<StepOutcome> {
    const { memory, visit } = task;
    const node = memory.node(visit.nodeId);
    const startedAt = this.clock.now();
    const input = await StepInput.load(memory, visit, this.items);
    const times = () => ({ startedAt, endedAt: this.clock.now() });
    if (node.disabled)
      return { kind: 'succeeded', status: 'skipped', outputs: skippedOutputs(node, visit, input), ...times() };
    const pinned = memory.run.mode === 'test' ? node.node.pinned : undefined;
    if (pinned)
      return {
        kind: 'succeeded',
        status: 'succeeded',
        outputs: pinnedOutputs(node, pinned as ItemInput[], input),
        ...times(),
      };
    const logs: LogLine[] = [];
    const outcome = await this.#try(task, node, input, logs, startedAt);
    return { ...outcome, ...times(), ...(logs.length > 0 ? { logs } : {}) };
  }

  async #try(task: StepTask, node: PlanNode, input: StepInput, logs: LogLine[], now: number): Promise<StepEnd> {
    let context: EngineNodeContext | undefined;
    try {
      const result = await withTimeout(timeoutOf(node), task.signal, node, async (signal) => {
        context = await this.#contextOf(task, node, input, { now, signal, logs });
        return this.#run(context, task, node);
      });
      logs.push(...(result.logs ?? []));
      if (result.waits && result.waits.length > 0) return { kind: 'waiting', waits: result.waits };
      const outputs = outputsOf(node, result.outputs);
      return { kind: 'succeeded', status: 'succeeded', outputs, ...(result.reply ? { reply: result.reply } : {}) };
    } catch (thrown) {
      return this.#failed(task, node, input, context, thrown);
    }
  }

  #failed(
    task: StepTask,
    node: PlanNode,
    input: StepInput,
    context: EngineNodeContext | undefined,
    thrown: unknown,
  ): StepEnd {
    if (thrown instanceof OwnershipLost) throw thrown;
    task.signal.throwIfAborted();
    const error = stepErrorOf(thrown, node.id);
    const isFinal = context?.mayRetry(error) !== true;
    if (isFinal && node.node.onError !== 'stop') {
      return { kind: 'succeeded', status: 'succeeded', outputs: failedWholly(node, input, error), error };
    }
    const finished = thrown instanceof PartialFailure ? { finished: thrown.finished } : {};
    return { kind: 'failed', error, ...finished };
  }

  async #contextOf(
    task: StepTask,
    node: PlanNode,
    input: StepInput,
    { now, signal, logs }: { now: number; signal: AbortSignal; logs: LogLine[] },
  ): Promise<EngineNodeContext> {
    const { memory, visit, attempt } = task;
    const views = await NodeViews.load(memory, visit, referencedNamesOf(node), this.items);
    const finished = attempt > 1 ? await this.items.finished(memory, visit.key) : new Map<number, never>();
    const scope = new StepScope(task, input, views, now, this.settings.publicUrl);
    const ports = this.#portsOf(task, views, scope, logs);
    return new EngineNodeContext({ task, input, scope, signal, finished, ports });
  }

  #portsOf({ memory, visit }: StepTask, views: NodeViews, scope: StepScope, logs: LogLine[]): NodePorts {
    const { id: runId, projectId, workflowId } = memory.run;
    return {
      runCode: (request) => this.code.run(projectId, request, logs),
      codeScope: () => Promise.resolve({ nodes: views.toRecord(), context: scope.forCode }),
      remember: (kind, values, limit) => {
        const owner = kind === 'workflow' && workflowId !== null ? `workflow:${workflowId}` : `run:${runId}`;
        return this.seen.remember(`${owner}:${visit.nodeId}`, { runId, key: visit.key }, values, limit);
      },
    };
  }

  async #run(context: EngineNodeContext, task: StepTask, node: PlanNode): Promise<NodeResult> {
    const core = coreNodes.get(node.type);
    if (core) {
      if (!isLight(node) && task.mayTouch?.() === false) throw new OwnershipLost(task.memory.run.id);
      return core.run(context);
    }
    if (node.isTrigger) {
      throw new StepFailure({
        code: 'step.failed',
        message: `"${node.name}" starts runs and cannot be run itself.`,
        retryable: false,
      });
    }
    return this.connectors.run(context, task, timeoutOf(node));
  }
}
