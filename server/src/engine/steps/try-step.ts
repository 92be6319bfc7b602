import type { ItemInput, JsonObject } from '@wfaib/sdk/items';
import { coreNodes } from '../../nodes/core-nodes.js';
import {
  PartialFailure,
  StepFailure,
  type CodeOutcome,
  type CodeRequest,
  type LogLine,
  type NodePorts,
  type NodeResult,
} from '../../nodes/core-node.types.js';
import { stepErrorOf } from '../../nodes/step-error.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { isLight, timeoutOf } from '../runner/host-commands.js';
import { OwnershipLost } from '../runner/runner.errors.js';
import { EngineNodeContext } from './engine-node-context.js';
import { NodeViews } from './node-views.js';
import { failedWholly, outputsOf, pinnedOutputs, skippedOutputs } from './step-outputs.js';
import { referencedNamesOf } from './referenced-names.js';
import { StepInput } from './step-input.js';
import type { StepItems } from './step-items.types.js';
import type { StepEnd, StepOutcome } from './step-outcome.types.js';
import { StepScope } from './step-scope.js';
import type { StepTask } from './step-task.types.js';
import { withTimeout } from './with-timeout.js';

/** What a step needs of its surroundings: a server has all of it, a rehearsal stands in for some. */
export interface StepTools {
  items: StepItems;
  /** Where the outside reaches this installation. */
  publicUrl(): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** What `$vars` is in the project. */
  variables(projectId: string): Promise<JsonObject>;
  /** Works on the step of a connector. */
  connect(context: EngineNodeContext, task: StepTask, timeoutMs: number): Promise<NodeResult>;
  /** Runs user code; `logs` takes what it printed, also where it fails. */
  runCode(projectId: string, request: CodeRequest, logs: LogLine[], signal: AbortSignal): Promise<CodeOutcome>;
  /** Which of `values` are new in the scope; remembers them. */
  remember(scope: string, step: { runId: string; key: string }, values: string[], limit: number): Promise<boolean[]>;
  /** Does the work of a step instead of its node. @returns undefined where the node itself is to work */
  standIn?(context: EngineNodeContext, task: StepTask, node: PlanNode): Promise<NodeResult> | undefined;
}

/**
 * Executes one try of a step. Everything a step means is in here and in what it calls; nothing in here knows a server.
 * @throws OwnershipLost where this process may not go on, and whatever the task's signal was aborted with: nothing is
 * known of the outcome then
 */
export async function tryStep(task: StepTask, tools: StepTools): Promise<StepOutcome> {
  const { memory, visit } = task;
  const node = memory.node(visit.nodeId);
  const startedAt = tools.now();
  const input = await StepInput.load(memory, visit, tools.items);
  const times = () => ({ startedAt, endedAt: tools.now() });
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
  const outcome = await attempt({ task, tools, node, input, logs, now: startedAt });
  return { ...outcome, ...times(), ...(logs.length > 0 ? { logs } : {}) };
}

/** One try, with what was found out about it. */
interface Attempt {
  task: StepTask;
  tools: StepTools;
  node: PlanNode;
  input: StepInput;
  logs: LogLine[];
  now: number;
}

async function attempt(parts: Attempt): Promise<StepEnd> {
  const { task, tools, node, logs } = parts;
  let context: EngineNodeContext | undefined;
  try {
    const result = await withTimeout(timeoutOf(node), task.signal, node, async (signal) => {
      context = await contextOf(parts, signal);
      return work(context, task, node, tools);
    });
    logs.push(...(result.logs ?? []));
    if (result.waits && result.waits.length > 0) return { kind: 'waiting', waits: result.waits };
    if (result.calls) return { kind: 'calling', calls: result.calls };
    const outputs = outputsOf(node, result.outputs);
    return { kind: 'succeeded', status: 'succeeded', outputs, ...(result.reply ? { reply: result.reply } : {}) };
  } catch (thrown) {
    return failed(parts, context, thrown);
  }
}

function failed({ task, node, input }: Attempt, context: EngineNodeContext | undefined, thrown: unknown): StepEnd {
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

/** What a step sees that was begun at `now` and is asked more about later. */
export async function reopenContext(task: StepTask, tools: StepTools, now: number): Promise<EngineNodeContext> {
  const { memory, visit } = task;
  const node = memory.node(visit.nodeId);
  const input = await StepInput.load(memory, visit, tools.items);
  return contextOf({ task, tools, node, input, logs: [], now }, task.signal);
}

async function contextOf(parts: Attempt, signal: AbortSignal): Promise<EngineNodeContext> {
  const { task, tools, node, input, now } = parts;
  const { memory, visit } = task;
  const views = await NodeViews.load(memory, visit, referencedNamesOf(node), tools.items);
  const finished = task.attempt > 1 ? await tools.items.finished(memory, visit.key) : new Map<number, never>();
  const variables = await tools.variables(memory.run.projectId);
  const scope = new StepScope(task, input, views, { now, publicUrl: tools.publicUrl(), variables });
  const ports = portsOf(parts, views, scope, signal);
  return new EngineNodeContext({ task, input, scope, signal, finished, ports });
}

function portsOf({ task, tools, logs }: Attempt, views: NodeViews, scope: StepScope, signal: AbortSignal): NodePorts {
  const { memory, visit } = task;
  const { id: runId, projectId, workflowId } = memory.run;
  return {
    runCode: (request) => tools.runCode(projectId, request, logs, signal),
    codeScope: () => Promise.resolve({ nodes: views.toRecord(), context: scope.forCode }),
    remember: (kind, values, limit) => {
      const owner = kind === 'workflow' && workflowId !== null ? `workflow:${workflowId}` : `run:${runId}`;
      return tools.remember(`${owner}:${visit.nodeId}`, { runId, key: visit.key }, values, limit);
    },
  };
}

async function work(context: EngineNodeContext, task: StepTask, node: PlanNode, tools: StepTools): Promise<NodeResult> {
  const instead = tools.standIn?.(context, task, node);
  if (instead) return instead;
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
  return tools.connect(context, task, timeoutOf(node));
}
