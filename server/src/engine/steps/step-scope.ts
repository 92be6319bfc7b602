import { DateTime } from 'luxon';
import type { ExpressionScope } from '@wfaib/sdk/expressions/scope.types';
import type { RunView } from '@wfaib/sdk/expressions/scope.types';
import type { JsonObject } from '@wfaib/sdk/items';
import type { RunMemory } from '../runner/run-memory.js';
import { resumeToken } from '../runner/record-outcome.js';
import type { NodeViews } from './node-views.js';
import type { StepInput } from './step-input.js';
import type { StepItems } from './step-items.types.js';
import type { StepTask } from './step-task.types.js';

/** What the templates of one visit may look at, item by item. */
export class StepScope {
  readonly #run: RunView;

  constructor(
    private readonly task: StepTask,
    private readonly input: StepInput,
    private readonly views: NodeViews,
    /** Fixed for the step; `now` is in milliseconds since 1970. */
    private readonly given: {
      now: number;
      publicUrl: string;
      variables: JsonObject;
      previous?: NonNullable<ExpressionScope['prevNode']>;
    },
  ) {
    this.#run = runView(task.memory, given.publicUrl);
  }

  /** The same step with another part of its input. */
  with(input: StepInput): StepScope {
    return new StepScope(this.task, input, this.views, this.given);
  }

  get now(): number {
    return this.given.now;
  }

  get timezone(): string {
    return this.task.memory.program.document.settings.timezone;
  }

  of(itemIndex: number, port = this.input.firstPort): ExpressionScope {
    const { memory, visit } = this.task;
    const items = this.input.items(port);
    const item = items[itemIndex];
    const place = item && this.input.placeOf(port, itemIndex);
    return {
      json: item?.json ?? {},
      item,
      itemIndex: itemIndex + this.input.offset,
      input: { items },
      node: (name) => this.views.of(name, place),
      now: this.now,
      timezone: this.timezone,
      vars: this.given.variables,
      run: this.#run,
      workflow: { id: memory.run.workflowId ?? '', name: memory.run.workflowName },
      runIndex: visit.visit,
      ...(this.given.previous ? { prevNode: this.given.previous } : {}),
    };
  }

  /** `$run`, `$workflow` and `$vars` for user code. */
  get forCode(): {
    run: Record<string, unknown>;
    workflow: Record<string, unknown>;
    vars: Record<string, unknown>;
    now: number;
    timezone: string;
  } {
    const { run } = this.task.memory;
    const workflow = { id: run.workflowId ?? '', name: run.workflowName };
    return { run: { ...this.#run }, workflow, vars: this.given.variables, now: this.now, timezone: this.timezone };
  }
}

function runView({ run, program }: RunMemory, publicUrl: string): RunView {
  const zone = program.document.settings.timezone;
  const startedAt = DateTime.fromMillis(run.startedAt ?? run.createdAt, { zone }).toISO();
  return {
    id: run.id,
    mode: run.mode,
    resumeUrl: `${publicUrl}/resume/${resumeToken(run)}`,
    ...(startedAt === null ? {} : { startedAt }),
  };
}

/** What `$prevNode` is: the visit that sent the first items of a visit. */
export async function previousOf(
  { memory, visit }: StepTask,
  store: StepItems,
): Promise<ExpressionScope['prevNode'] | undefined> {
  const arrival = visit.inputs[0]?.arrivals[0];
  const row = arrival && (await store.rows(memory, [arrival.step])).get(arrival.step);
  if (!arrival || !row) return undefined;
  const outputIndex = Math.max(0, memory.node(row.nodeId).outputs.indexOf(arrival.port));
  return { name: row.name, outputIndex, runIndex: row.visit };
}
