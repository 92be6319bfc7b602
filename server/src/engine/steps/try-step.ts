import type { StepError } from '@wfaib/sdk/errors';
import type { Item, ItemInput, JsonObject, JsonValue } from '@wfaib/sdk/items';
import { coreNodes } from '../../nodes/core-nodes.js';
import {
  PartialFailure,
  StepFailure,
  type CodeOutcome,
  type CodeRequest,
  type LogLine,
  type NodeContext,
  type NodeFiles,
  type NodePorts,
  type NodeResult,
  type OutputItem,
  type PartsWork,
} from '../../nodes/core-node.types.js';
import { joinFinished } from '../../nodes/per-item.js';
import type { ForeignWork } from '../../nodes/temporal/foreign-work.types.js';
import { stepErrorOf } from '../../nodes/step-error.js';
import type { StepProgress } from '../../nodes/step-progress.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { isDatabaseAway } from '../journal/database-failure.js';
import { isLight, timeoutOf } from '../runner/host-commands.js';
import type { StepOutputs } from '../runner/put-outputs.js';
import { OwnershipLost } from '../runner/runner.errors.js';
import { EngineNodeContext } from './engine-node-context.js';
import { passInParts, workInParts } from './in-parts.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import { NodeViews } from './node-views.js';
import { looksLarge, OutputCollector } from './output-collector.js';
import { seesWholeInput } from './referenced-names.js';
import {
  errorField,
  failedPort,
  failedWholly,
  outputsOf,
  pinnedOutputs,
  skippedOutputs,
  skippedPorts,
} from './step-outputs.js';
import { StepMeter } from './step-meter.js';
import { StepInput } from './step-input.js';
import type { StepItems } from './step-items.types.js';
import type { StepEnd, StepOutcome } from './step-outcome.types.js';
import { previousOf, StepScope } from './step-scope.js';
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
  /** Files of a run. */
  filesOf(runId: string): NodeFiles;
  /** Runs user code; `logs` takes what it printed, also where it fails. */
  runCode(projectId: string, request: CodeRequest, logs: LogLine[], signal: AbortSignal): Promise<CodeOutcome>;
  /** Which of `values` are new in the scope; remembers them. */
  remember(scope: string, step: { runId: string; key: string }, values: string[], limit: number): Promise<boolean[]>;
  /** Has Temporal do the work of others. Absent where there is none. */
  askTemporal?(work: ForeignWork, timeoutMs: number, signal: AbortSignal): Promise<JsonValue | undefined>;
  /** Does the work of a step instead of its node. @returns undefined where the node itself is to work */
  standIn?(context: EngineNodeContext, task: StepTask, node: PlanNode): Promise<NodeResult> | undefined;
}

/**
 * Executes one try of a step. Everything a step means is in here and in what it calls; nothing in here knows a server.
 * @throws OwnershipLost where this process may not go on, whatever the task's signal was aborted with, and what the database
 * says where it is away: nothing is known of the outcome then
 */
export async function tryStep(task: StepTask, tools: StepTools): Promise<StepOutcome> {
  const { memory, visit } = task;
  const node = memory.node(visit.nodeId);
  const startedAt = tools.now();
  const input = await StepInput.load(memory, visit, tools.items);
  const output = tools.items.writer && new OutputCollector(memory.run.id, { writer: (id) => tools.items.writer!(id) });
  const logs: LogLine[] = [];
  const parts: Attempt = { task, tools, node, input, output, logs, now: startedAt };
  const outcome = await attempt(parts);
  if (outcome.kind !== 'succeeded') await output?.discard();
  return { ...outcome, startedAt, endedAt: tools.now(), ...(logs.length > 0 ? { logs } : {}) };
}

/** One try, with what was found out about it. */
interface Attempt {
  task: StepTask;
  tools: StepTools;
  node: PlanNode;
  input: StepInput;
  /** Takes what is too much for memory; absent where everything stays in it. */
  output: OutputCollector | undefined;
  logs: LogLine[];
  now: number;
}

async function attempt(parts: Attempt): Promise<StepEnd> {
  const { task, node } = parts;
  let context: EngineNodeContext | undefined;
  try {
    if (node.disabled) return { kind: 'succeeded', status: 'skipped', ...(await skipped(parts)) };
    const pinned = task.memory.run.mode === 'test' ? node.node.pinned : undefined;
    if (pinned) {
      if (!parts.input.isLoaded) await parts.input.loadAll();
      const outputs = pinnedOutputs(node, pinned as ItemInput[], parts.input);
      return { kind: 'succeeded', status: 'succeeded', outputs };
    }
    return await withTimeout(timeoutOf(node), task.signal, node, (signal) =>
      workOn(parts, signal, (made) => (context = made)),
    );
  } catch (thrown) {
    return failed(parts, context, thrown);
  }
}

async function workOn(
  parts: Attempt,
  signal: AbortSignal,
  onContext: (context: EngineNodeContext) => void,
): Promise<StepEnd> {
  const { task, tools, node, input, logs } = parts;
  if (!input.isLoaded) {
    const large = await partsWork(parts, signal, onContext);
    if (large) return large;
    await input.loadAll();
  }
  const context = await contextOf(parts, signal, input);
  onContext(context);
  const result = await work(context, task, node, tools);
  logs.push(...(result.logs ?? []));
  if (result.waits && result.waits.length > 0) return { kind: 'waiting', waits: result.waits };
  if (result.calls) return { kind: 'calling', calls: result.calls };
  const reply = result.reply ? { reply: result.reply } : {};
  return { kind: 'succeeded', status: 'succeeded', ...(await sentOn(parts, result.outputs)), ...reply };
}

/** What leaves the step, stored where it is too much for a row. */
async function sentOn({ output, node }: Attempt, made: Record<string, OutputItem[]>): Promise<StepOutputs> {
  if (output === undefined || (output.isEmpty && !looksLarge(made))) return { outputs: outputsOf(node, made) };
  for (const [port, items] of Object.entries(made)) await output.put(port, items);
  return output.end();
}

/** Works on an input that does not fit into memory, where the node and what it looks at allow for it. */
async function partsWork(
  parts: Attempt,
  signal: AbortSignal,
  onContext: (context: EngineNodeContext) => void,
): Promise<StepEnd | undefined> {
  const { task, tools, node, input, output, logs } = parts;
  if (output === undefined || seesWholeInput(node)) return undefined;
  const { value: first } = await input.parts(input.firstPort, 0, 1).next();
  if (!first) return undefined;
  const context = await contextOf(parts, signal, first);
  onContext(context);
  const work = partsWorkOf(context, task, node, tools);
  if (work === undefined) return undefined;
  const requireOwnership = () => {
    if (task.mayTouch?.() === false) throw new OwnershipLost(task.memory.run.id);
  };
  const contextOfPart = async (part: StepInput) => {
    await context.views.prepare(part);
    return context.with(part);
  };
  const told = await workInParts({ input, output, signal, logs, contextOf: contextOfPart, requireOwnership }, work);
  if (output.isEmpty && node.node.alwaysOutput === true)
    return { kind: 'succeeded', status: 'succeeded', outputs: outputsOf(node, {}), ...told };
  return { kind: 'succeeded', status: 'succeeded', ...(await output.end()), ...told };
}

function partsWorkOf(
  context: EngineNodeContext,
  task: StepTask,
  node: PlanNode,
  tools: StepTools,
): PartsWork | undefined {
  const core = coreNodes.get(node.type);
  const isPerItem = !core && !node.isTrigger && node.work === 'perItem';
  const made = isPerItem
    ? { take: (part: NodeContext) => tools.connect(part as EngineNodeContext, task, timeoutOf(node)) }
    : core?.inParts?.(context);
  if (made === undefined || made.reads !== undefined || node.node.executeOnce !== true) return made;
  return { ...made, reads: [{ port: context.firstPort, from: 0, to: 1 }] };
}

async function skipped({ node, input, output, task }: Attempt): Promise<StepOutputs> {
  if (input.isLoaded || output === undefined) return { outputs: skippedOutputs(node, task.visit, input) };
  await passInParts(input, output, skippedPorts(node, task.visit, input));
  return output.end();
}

async function failed(
  { task, node, input, output }: Attempt,
  context: EngineNodeContext | undefined,
  thrown: unknown,
): Promise<StepEnd> {
  // No step is to blame for a database that is away: the try comes to nothing and is made again.
  if (thrown instanceof OwnershipLost || isDatabaseAway(thrown)) throw thrown;
  task.signal.throwIfAborted();
  const error = stepErrorOf(thrown, node.id);
  const finished = thrown instanceof PartialFailure ? thrown.finished : context?.finishedSoFar;
  if (context?.mayRetry(error) === true || !handlesFailures(node, task)) {
    return { kind: 'failed', error, ...(finished && { finished }) };
  }
  const isPartly = context !== undefined && finished !== undefined && finished.size > 0 && input.isLoaded;
  const made = isPartly
    ? { outputs: joinFinished(context, finished, error) }
    : await failedOutputs({ node, input, output }, error);
  return { kind: 'succeeded', status: 'succeeded', ...made, error };
}

/** Whether the run goes on with a failure. A step that undoes just fails. */
function handlesFailures({ node }: PlanNode, { visit }: StepTask): boolean {
  return visit.undoes === undefined && (node.onError === 'continue' || node.onError === 'errorOutput');
}

/** What was sent on before the failure does not count. */
async function failedOutputs(
  { node, input, output }: Pick<Attempt, 'node' | 'input' | 'output'>,
  error: StepError,
): Promise<StepOutputs> {
  await output?.startOver();
  if (input.isLoaded || output === undefined) return { outputs: failedWholly(node, input, error) };
  const failure = errorField(node, error);
  const change = (item: Item): Item => ({ ...item, json: { ...item.json, ...failure } });
  await passInParts(input, output, { from: input.firstPort, to: failedPort(node), change });
  return output.end();
}

/** What a step sees that was begun at `now` and is asked more about later. */
export async function reopenContext(task: StepTask, tools: StepTools, now: number): Promise<EngineNodeContext> {
  const { memory, visit } = task;
  const node = memory.node(visit.nodeId);
  const input = await StepInput.load(memory, visit, tools.items);
  await input.loadAll();
  return contextOf({ task, tools, node, input, output: undefined, logs: [], now }, task.signal, input);
}

async function contextOf(parts: Attempt, signal: AbortSignal, input: StepInput): Promise<EngineNodeContext> {
  const { task, tools, node, now } = parts;
  const { memory, visit } = task;
  const views = await NodeViews.load(memory, visit, node, tools.items);
  await views.prepare(input);
  const finished = task.attempt > 1 ? await tools.items.finished(memory, visit.key) : new Map<number, never>();
  const variables = await tools.variables(memory.run.projectId);
  const previous = await previousOf(task, tools.items);
  const given = { now, publicUrl: tools.publicUrl(), variables, ...(previous && { previous }) };
  const scope = new StepScope(task, input, views, given);
  const ports = portsOf(parts, views, scope, signal);
  const meter = new StepMeter(input.count(input.firstPort), finished.size, task.report);
  return new EngineNodeContext({ task, input, scope, views, signal, finished, ports, meter });
}

function portsOf(
  { task, tools, node, logs, output }: Attempt,
  views: NodeViews,
  scope: StepScope,
  signal: AbortSignal,
): NodePorts {
  const { memory, visit } = task;
  const { id: runId, projectId, workflowId, keyRoot } = memory.run;
  const report = (progress: StepProgress): void => task.report?.(() => progress);
  return {
    files: tools.filesOf(runId),
    progress: report,
    runCode: (request) => tools.runCode(projectId, { ...request, onProgress: report }, logs, signal),
    codeScope: () => Promise.resolve({ nodes: views.toRecord(), context: scope.forCode }),
    ...(output ? { send: (port: string, items: OutputItem[]) => output.put(port, items) } : {}),
    remember: (kind, values, limit) => {
      const owner = kind === 'workflow' && workflowId !== null ? `workflow:${workflowId}` : `run:${runId}`;
      const step = { runId, key: idempotencyKeyOf(keyRoot, visit.key) };
      return tools.remember(`${owner}:${visit.nodeId}`, step, values, limit);
    },
    ...(tools.askTemporal
      ? { askTemporal: (work: ForeignWork, until: AbortSignal) => tools.askTemporal!(work, timeoutOf(node), until) }
      : {}),
  };
}

async function work(context: EngineNodeContext, task: StepTask, node: PlanNode, tools: StepTools): Promise<NodeResult> {
  const instead = tools.standIn?.(context, task, node);
  if (instead) return instead;
  const core = coreNodes.get(node.type);
  if (core) {
    if (!isLight(node, task.visit) && task.mayTouch?.() === false) throw new OwnershipLost(task.memory.run.id);
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
