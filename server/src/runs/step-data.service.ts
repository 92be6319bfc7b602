import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import type { StepVisit } from '../interpreter/run-events.types.js';
import type { LogLine } from '../nodes/core-node.types.js';
import { parsed } from './run-rows.js';
import { RunNotFound, StepNotFound } from './runs.errors.js';
import { RunsRepository } from './runs.repository.js';

/** Which items of a step are asked for. */
export interface ItemsQuestion {
  side: 'output' | 'input';
  /** All ports when left out. */
  port?: string | undefined;
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
}

/** Reads what went into a step and what came out of it. */
@Injectable()
export class StepData {
  constructor(private readonly runs: RunsRepository) {}

  /** @throws RunNotFound, StepNotFound */
  async items(projectId: string, runId: string, stepId: string, question: ItemsQuestion): Promise<ItemsPage> {
    const step = await this.getStep(projectId, runId, stepId);
    const byPort =
      question.side === 'output'
        ? await this.outputs(runId, stepId)
        : await this.inputs(runId, JSON.parse(step.inputs) as StepVisit['inputs']);
    return pageOf(byPort, question);
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

  private async outputs(runId: string, stepId: string): Promise<Map<string, Item[]>> {
    const data = await this.runs.data(runId, stepId);
    return new Map([...data].map(([port, body]) => [port, JSON.parse(body) as Item[]]));
  }

  private async inputs(runId: string, inputs: StepVisit['inputs']): Promise<Map<string, Item[]>> {
    const byPort = new Map<string, Item[]>();
    for (const { port, arrivals } of inputs) {
      const parts = await Promise.all(
        arrivals.map(async ({ step, port: from }) => (await this.outputs(runId, step)).get(from)),
      );
      byPort.set(port, [...(byPort.get(port) ?? []), ...parts.flatMap((items) => items ?? [])]);
    }
    return byPort;
  }
}

function pageOf(byPort: Map<string, Item[]>, { port, offset, limit }: ItemsQuestion): ItemsPage {
  const all = port === undefined ? [...byPort.values()].flat() : (byPort.get(port) ?? []);
  const items = all.slice(offset, offset + limit);
  const end = offset + items.length;
  return {
    items,
    total: all.length,
    ports: Object.fromEntries([...byPort].map(([name, list]) => [name, list.length])),
    offset,
    nextOffset: end < all.length ? end : null,
  };
}
