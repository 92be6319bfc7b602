import type { Item, ItemInput, ItemSource } from '@wfaib/sdk/items';
import { StepFailure, type NodeContext, type NodeResult, type OutputItem } from '../../nodes/core-node.types.js';
import { canonicalJson } from '../../plan/canonical-json.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { StepRow } from '../journal/run-row.types.js';
import { RehearsalStop } from '../rehearsal/rehearsal.errors.js';
import type { RehearsedTry, RehearsedWait, WaitEnd } from '../rehearsal/rehearsal.types.js';
import { visitName } from './compare-rehearsals.js';

/** A run as its journal tells it. */
export interface Recorded {
  /** Visits in order of start. */
  rows: readonly StepRow[];
  /** Items that left a port. */
  itemsOf(step: string, port: string): Promise<readonly Item[] | undefined>;
}

/** Core nodes that look at more than their items: their answer is in the journal, or it is not known. */
const remembering = new Set(['core.call', 'core.fileRead', 'core.fileWrite']);

/** Whether a step reaches the outside, so that it is answered from the journal and never done. */
function needsAnswer({ type, effect, disabled, node }: PlanNode): boolean {
  if (disabled || type === 'core.respond') return false;
  return (
    effect !== 'none' || remembering.has(type) || (type === 'core.dedupe' && node.parameters['scope'] === 'workflow')
  );
}

/**
 * Answers what a run asks of the outside with what it was answered then. First the version that ran is played: what it
 * asks is remembered. Another version is answered only where it asks the same.
 */
export class RecordedAnswers {
  private readonly rows: ReadonlyMap<string, StepRow>;
  private readonly asked = new Map<string, string>();

  constructor(private readonly recorded: Recorded) {
    this.rows = new Map(recorded.rows.map((row) => [visitName(row), row]));
  }

  rowOf(visit: Parameters<typeof visitName>[0]): StepRow | undefined {
    return this.rows.get(visitName(visit));
  }

  /** For the version that ran. */
  readonly replay = (tried: RehearsedTry): Promise<NodeResult> | undefined => {
    if (!needsAnswer(tried.node)) return undefined;
    this.asked.set(visitName(tried.visit), askedBy(tried));
    return this.answer(tried);
  };

  /** For another version. @throws RehearsalStop where nobody knows the answer */
  readonly ask = (tried: RehearsedTry): Promise<NodeResult> | undefined => {
    if (!needsAnswer(tried.node)) return undefined;
    const before = this.asked.get(visitName(tried.visit));
    if (before === undefined) throw this.stop(tried, 'reaches the outside, and did not run before');
    if (before !== askedBy(tried)) throw this.stop(tried, 'asks something else of the outside than before');
    return this.answer(tried);
  };

  /** @throws RehearsalStop where the wait was never come to */
  readonly endWait = (
    node: PlanNode,
    { visit }: RehearsedWait,
    endings: ReadonlyMap<string, WaitEnd>,
  ): WaitEnd | undefined => {
    const row = this.rowOf(visit);
    if (row === undefined)
      throw new RehearsalStop(
        { nodeId: node.id, step: visit.key },
        `"${node.name}" waits for the outside, and did not before`,
      );
    return endings.get(row.step);
  };

  /** How waits for the outside ended; those whose time ran out are left out. */
  async endings(): Promise<Map<string, WaitEnd>> {
    const found = new Map<string, WaitEnd>();
    for (const row of this.recorded.rows) {
      if (row.status !== 'succeeded' || (row.type !== 'core.wait' && row.type !== 'core.approval')) continue;
      const port = ['approved', 'rejected', 'main'].find((name) => (row.outputs[name] ?? 0) > 0);
      if (port === undefined) continue;
      const items = (await this.recorded.itemsOf(row.step, port)) ?? [];
      found.set(row.step, endOf(port, items));
    }
    return found;
  }

  private stop({ node, visit }: RehearsedTry, does: string): RehearsalStop {
    return new RehearsalStop({ nodeId: node.id, step: visit.key }, `"${node.name}" ${does}`);
  }

  private async answer(tried: RehearsedTry): Promise<NodeResult> {
    const row = this.rowOf(tried.visit);
    if (row?.status === 'failed' && row.error) throw new StepFailure({ ...row.error, retryable: false });
    if (row?.status !== 'succeeded') throw this.stop(tried, 'had not ended when the run did');
    const outputs: Record<string, OutputItem[]> = {};
    for (const [port, count] of Object.entries(row.outputs)) {
      const items = (await this.recorded.itemsOf(row.step, port)) ?? [];
      if (items.length < count)
        throw this.stop(tried, 'was answered with items that are not kept any more, or are too many to be played');
      outputs[port] = items.map((item) => ({ ...item, source: item.source.flatMap(placeIn(row, tried.context)) }));
    }
    return { outputs };
  }
}

function endOf(port: string, items: readonly Item[]): WaitEnd {
  if (port === 'main')
    return { by: 'resume', items: items.map(({ json, files }): ItemInput => (files ? { json, files } : { json })) };
  const approval = items[0]?.json['approval'] ?? {};
  return { by: 'decision', decision: port as 'approved' | 'rejected', approval };
}

/** Everything that decides what a step does to the outside; a core node may look at all of its items. */
function askedBy({ node, context }: RehearsedTry): string {
  const names = Object.keys({ ...node.descriptor.fields, ...node.node.parameters });
  const port = node.inputs.find((each) => context.items(each).length > 0) ?? 'main';
  const count = node.work === 'perItem' ? context.items(port).length : 1;
  const whole = node.descriptor.connector
    ? undefined
    : node.inputs.map((each) => context.items(each).map(({ json }) => json));
  try {
    const values = Array.from({ length: count }, (_, index) =>
      names.map((name) => context.parameter(name, index) ?? null),
    );
    const files = context.items(port).map((item) => item.files ?? null);
    return canonicalJson([node.type, node.typeVersion, node.node.credentials ?? null, names, values, files, whole]);
  } catch (error) {
    return canonicalJson([node.type, 'failed', (error as Error).message]);
  }
}

/** The same item of the input, wherever it comes from now. */
function placeIn({ inputs }: StepRow, context: NodeContext): (source: ItemSource) => ItemSource[] {
  const placeByName = new Map<string, { port: string; index: number }>();
  for (const { port, arrivals } of inputs) {
    let index = 0;
    for (const { step, port: from, count } of arrivals)
      for (let item = 0; item < count; item++) placeByName.set(`${step}\n${from}\n${item}`, { port, index: index++ });
  }
  return ({ step, port, item }) => {
    const place = placeByName.get(`${step}\n${port}\n${item}`);
    return place === undefined || place.index >= context.items(place.port).length
      ? []
      : [context.placeOf(place.port, place.index)];
  };
}
