import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import type { StepVisit } from '../interpreter/run-events.types.js';
import type { LogLine } from '../nodes/core-node.types.js';
import { findItems } from './find-items.js';
import { parsed } from './run-rows.js';
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
}

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
    const outputs =
      question.side === 'output'
        ? await this.outputs(runId, stepId)
        : await this.inputs(runId, JSON.parse(step.inputs) as StepVisit['inputs']);
    return pageOf(outputs, question);
  }

  /** What user code wrote to the console. @throws RunNotFound, StepNotFound */
  async logs(projectId: string, runId: string, stepId: string): Promise<LogLine[]> {
    return (parsed((await this.getStep(projectId, runId, stepId)).logs) as LogLine[] | null) ?? [];
  }

  private async getStep(projectId: string, runId: string, stepId: string) {
    if ((await this.runs.find(projectId, runId)) === undefined) throw new RunNotFound(runId);
    const step = await this.runs.step(runId, stepId);
    if (step === undefined) throw new StepNotFound(runId, stepId);
    return step;
  }

  private async outputs(runId: string, stepId: string): Promise<PortOutput[]> {
    return this.output.ports(runId, stepId);
  }

  /** What arrived, port by port: the items that earlier steps sent. */
  private async inputs(runId: string, inputs: StepVisit['inputs']): Promise<PortOutput[]> {
    const outputs: PortOutput[] = [];
    for (const { port, arrivals } of inputs) {
      for (const { step, port: from } of arrivals) {
        const sent = (await this.outputs(runId, step)).find((output) => output.port === from);
        if (sent) outputs.push({ ...sent, port });
      }
    }
    return outputs;
  }
}

async function pageOf(outputs: readonly PortOutput[], question: ItemsQuestion): Promise<ItemsPage> {
  const { port, q, offset, limit } = question;
  const asked = port === undefined ? outputs : outputs.filter((output) => output.port === port);
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
