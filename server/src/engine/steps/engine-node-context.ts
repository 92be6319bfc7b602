import { evaluateDeep, hasTemplate } from '@wfaib/sdk/expressions/deep';
import type { StepError } from '@wfaib/sdk/errors';
import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { retryPolicyOf, type WorkflowNode } from '@wfaib/sdk/workflow-document';
import { effectNumber } from '../../interpreter/queries.js';
import { retryDecision } from '../../interpreter/retry-policy.js';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { ItemOutcome, NodeContext, NodePorts } from '../../nodes/core-node.types.js';
import { withDefaults } from '../../nodes/parameters.js';
import type { StepProgress } from '../../nodes/step-progress.js';
import type { PlanNode } from '../../plan/plan.types.js';
import { isDatabaseAway } from '../journal/database-failure.js';
import { Breather } from './breather.js';
import { idempotencyKeyOf } from './idempotency-key.js';
import type { NodeViews } from './node-views.js';
import { evaluateField, fitField } from './parameter-values.js';
import type { StepInput } from './step-input.js';
import type { StepMeter } from './step-meter.js';
import type { StepScope } from './step-scope.js';
import type { StepTask } from './step-task.types.js';

const filledByNode = new WeakMap<PlanNode, Record<string, unknown>>();

function filledParameters(node: PlanNode): Record<string, unknown> {
  const known = filledByNode.get(node) ?? withDefaults(node.node.parameters, node.descriptor);
  filledByNode.set(node, known);
  return known;
}

/** A step that undoes, or that people decide about, has no way of its own with failures: it just fails. */
function failingAs(node: WorkflowNode, { undoes }: StepVisit): WorkflowNode {
  return undoes === undefined && node.onError !== 'pause' ? node : { ...node, onError: 'stop' };
}

export interface ContextParts {
  task: StepTask;
  input: StepInput;
  scope: StepScope;
  views: NodeViews;
  signal: AbortSignal;
  finished: ReadonlyMap<number, ItemOutcome>;
  ports: NodePorts;
  /** Counts the items that are done. */
  meter: StepMeter;
}

/** What a node sees of its run. Everything it may ask for was loaded before. */
export class EngineNodeContext implements NodeContext {
  readonly node: WorkflowNode;
  readonly descriptor: NodeDescriptor;
  readonly iteration: number[];
  readonly visit: number;
  readonly now: number;
  readonly timezone: string;
  readonly signal: AbortSignal;
  readonly ports: NodePorts;
  readonly finished: ReadonlyMap<number, ItemOutcome>;
  /** The same, with what this try has finished so far. */
  readonly finishedSoFar: Map<number, ItemOutcome>;
  readonly breathe = new Breather().breathe;
  readonly #planNode: PlanNode;
  readonly #parameters: Record<string, unknown>;
  readonly #fixed = new Map<string, unknown>();

  constructor(private readonly parts: ContextParts) {
    const { memory, visit } = parts.task;
    this.#planNode = memory.node(visit.nodeId);
    this.node = failingAs(this.#planNode.node, visit);
    this.descriptor = this.#planNode.descriptor;
    this.iteration = visit.iteration;
    this.visit = visit.visit;
    this.now = parts.scope.now;
    this.timezone = parts.scope.timezone;
    this.signal = parts.signal;
    this.ports = parts.ports;
    this.finished = parts.finished;
    this.finishedSoFar = new Map(parts.finished);
    this.#parameters = filledParameters(this.#planNode);
  }

  /** Names of all parameters that have a value. */
  get parameterNames(): string[] {
    return Object.keys(this.#parameters);
  }

  /** The same step with another part of its input. */
  with(input: StepInput): EngineNodeContext {
    return new EngineNodeContext({ ...this.parts, input, scope: this.parts.scope.with(input) });
  }

  get views(): NodeViews {
    return this.parts.views;
  }

  get firstPort(): string {
    return this.parts.input.firstPort;
  }

  idempotencyKey(itemIndex = 0, page = 0): string {
    const { memory, visit } = this.parts.task;
    const effect = effectNumber(memory.state, visit);
    return idempotencyKeyOf(memory.run.keyRoot, visit.key, { item: itemIndex + this.offset, page, effect });
  }

  items(port = 'main'): Item[] {
    return this.parts.input.items(port);
  }

  itemCount(port = 'main'): number {
    return this.parts.input.count(port);
  }

  get offset(): number {
    return this.parts.input.offset;
  }

  placeOf(port: string, index: number): ItemSource {
    return this.parts.input.placeOf(port, index);
  }

  parameter<T>(name: string, itemIndex = 0): T {
    if (this.#fixed.has(name)) return this.#fixed.get(name) as T;
    const value = this.#parameters[name];
    const field = this.descriptor.fields[name];
    if (!hasTemplate(value)) {
      this.#fixed.set(name, value);
      return value as T;
    }
    const scope = this.parts.scope.of(itemIndex);
    return fitField(
      field,
      evaluateField(field, value, (each) => evaluateDeep(each, scope)),
    ) as T;
  }

  evaluate(value: unknown, itemIndex: number, port?: string): unknown {
    return evaluateDeep(value, this.parts.scope.of(itemIndex, port));
  }

  itemFinished(index: number, outcome: ItemOutcome): void {
    this.finishedSoFar.set(index, outcome);
    this.parts.meter.itemDone(index + this.offset);
  }

  /** Takes how far the work on one item is. */
  itemProgress(index: number, progress: StepProgress): void {
    this.parts.meter.itemAt(index + this.offset, progress);
  }

  mayRetry(error: StepError): boolean {
    return retryDecision(retryPolicyOf(this.node), this.parts.task.attempt, error, 0) !== undefined;
  }

  endsStep(thrown: unknown): boolean {
    return isDatabaseAway(thrown);
  }
}
