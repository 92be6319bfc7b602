import { Injectable } from '@nestjs/common';
import type { Item, ItemSource } from '@wfaib/sdk/items';
import type { StepVisit } from '../interpreter/run-events.types.js';
import type { LogLine } from '../nodes/core-node.types.js';
import { findItems } from './find-items.js';
import { placesOf, type ArrivedItems } from './item-places.js';
import { parsed, toOrigin, type ItemOrigin } from './run-rows.js';
import { RunNotFound, StepNotFound } from './runs.errors.js';
import { RunsRepository } from './runs.repository.js';
import { StepOutput, type PortOutput } from './step-output.service.js';

/** Which items of a step are asked for. */
export interface ItemsQuestion {
  side: 'output' | 'input';
  /** All ports when left out. */
  port?: string | undefined;
  /** Only items that hold this text; `''` is any. */
  q: string;
  offset: number;
  limit: number;
}

/** A page of items. */
export interface ItemsPage {
  items: Item[];
  /** Items of the ports asked for, this page and all others. */
  total: number;
  /** Items of each port of that side. */
  ports: Record<string, number>;
  offset: number;
  /** Where the next page starts; `null` on the last one. */
  nextOffset: number | null;
  /** Where items were looked for: the place of each among all. */
  indexes?: number[];
  /** On the input side: which output item of an earlier step each item is. */
  places?: ItemSource[];
  /** The steps that the items came from, by id: on the input side those of `places`, on the output side those of the first source of each item. */
  origins: Record<string, ItemOrigin>;
}

/** Items that are read at once while all of them are. */
const readAtOnce = 1_000;

/** Reads what went into a step and what came out of it. */
@Injectable()
export class StepData {
  constructor(
    private readonly runs: RunsRepository,
    private readonly output: StepOutput,
  ) {}

  /** @throws RunNotFound, StepNotFound */
  async items(projectId: string, runId: string, stepId: string, question: ItemsQuestion): Promise<ItemsPage> {
    const step = await this.getStep(projectId, runId, stepId);
    if (question.side === 'output') {
      const page = await pageOf(await this.output.ports(runId, stepId), question);
      return {
        ...page,
        origins: await this.originsOf(
          runId,
          page.items.flatMap(({ source }) => source.slice(0, 1)),
        ),
      };
    }
    const arrived = await this.inputs(runId, step);
    const page = await pageOf(arrived, question);
    const indexes = page.indexes ?? page.items.map((_, at) => page.offset + at);
    const places = placesOf(askedOf(arrived, question.port), indexes);
    return { ...page, places, origins: await this.originsOf(runId, places) };
  }

  /**
   * Reads all items of a port, or of all ports of a side, as often as it is called: a thousand at once at most.
   * @throws RunNotFound, StepNotFound
   */
  async allItems(
    projectId: string,
    runId: string,
    stepId: string,
    { side, port }: Pick<ItemsQuestion, 'side' | 'port'>,
  ): Promise<() => AsyncGenerator<Item[], void, undefined>> {
    const step = await this.getStep(projectId, runId, stepId);
    const outputs = side === 'output' ? await this.output.ports(runId, stepId) : await this.inputs(runId, step);
    const asked = askedOf(outputs, port);
    return async function* () {
      for (const output of asked)
        for (let from = 0; from < output.count; from += readAtOnce) yield await output.page(from, readAtOnce);
    };
  }

  /** What user code wrote to the console. @throws RunNotFound, StepNotFound */
  async logs(projectId: string, runId: string, stepId: string): Promise<LogLine[]> {
    return (parsed((await this.getStep(projectId, runId, stepId)).logs) as LogLine[] | null) ?? [];
  }

  private async originsOf(runId: string, sources: readonly ItemSource[]): Promise<Record<string, ItemOrigin>> {
    const steps = [...new Set(sources.map(({ step }) => step))];
    if (steps.length === 0) return {};
    const found = await this.runs.stepPlaces(runId, steps);
    return Object.fromEntries(found.map((record) => [record.step_key, toOrigin(record)]));
  }

  private async getStep(projectId: string, runId: string, stepId: string) {
    if ((await this.runs.find(projectId, runId)) === undefined) throw new RunNotFound(runId);
    const step = await this.runs.step(runId, stepId);
    if (step === undefined) throw new StepNotFound(runId, stepId);
    return step;
  }

  /** What arrived, port by port: the items that earlier steps sent. */
  private async inputs(runId: string, step: { inputs: string }): Promise<ArrivedItems[]> {
    const arrived = (JSON.parse(step.inputs) as StepVisit['inputs']).flatMap(({ port, arrivals }) =>
      arrivals.map((arrival) => ({ port, from: { step: arrival.step, port: arrival.port } })),
    );
    const sent = await this.output.portsOf(
      runId,
      arrived.map(({ from }) => from),
    );
    return arrived.flatMap((each, at) => (sent[at] ? [{ ...sent[at], ...each }] : []));
  }
}

const askedOf = <Output extends PortOutput>(outputs: readonly Output[], port: string | undefined): Output[] =>
  outputs.filter((output) => port === undefined || output.port === port);

async function pageOf(
  outputs: readonly PortOutput[],
  question: ItemsQuestion,
): Promise<Omit<ItemsPage, 'places' | 'origins'>> {
  const { port, q, offset, limit } = question;
  const asked = askedOf(outputs, port);
  if (q !== '') {
    const found = await findItems(asked, q, { offset, limit });
    const end = offset + found.items.length;
    return { ...found, ports: countsOf(outputs), offset, nextOffset: end < found.total ? end : null };
  }
  const total = asked.reduce((sum, { count }) => sum + count, 0);
  const items: Item[] = [];
  let first = 0;
  for (const output of asked) {
    const from = Math.max(0, offset - first);
    const left = limit - items.length;
    if (left > 0 && from < output.count) items.push(...(await output.page(from, left)));
    first += output.count;
  }
  const end = offset + items.length;
  return { items, total, ports: countsOf(outputs), offset, nextOffset: end < total ? end : null };
}

function countsOf(outputs: readonly PortOutput[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { port, count } of outputs) counts[port] = (counts[port] ?? 0) + count;
  return counts;
}
