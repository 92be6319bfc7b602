import { Injectable } from '@nestjs/common';
import type { Item } from '@wfaib/sdk/items';
import { ItemChunks } from '../data/item-chunks.service.js';
import { bytesOf, type LargeItems } from '../data/item-chunks.types.js';
import type { DataRecord } from './run-rows.js';
import { ResultTooLarge } from './runs.errors.js';
import { RunsRepository } from './runs.repository.js';

/** The items that left one port of a step, read as far as they are asked for. */
export interface PortOutput {
  port: string;
  count: number;
  /** Bytes of JSON outside of the row. */
  bytes: number;
  page(offset: number, limit: number): Promise<Item[]>;
}

/** Most items of a large result that are shown with its run; all of them are at the step. */
const shownItems = 1_000;
/** Most that is answered at once, in bytes of JSON. */
const maxAnswerBytes = 64_000_000;

/** Reads what left a step, wherever it is stored. */
@Injectable()
export class StepOutput {
  constructor(
    private readonly runs: RunsRepository,
    private readonly chunks: ItemChunks,
  ) {}

  /** By port, in the order of their names. */
  async ports(runId: string, step: string): Promise<PortOutput[]> {
    return (await this.runs.data(runId, step)).map((record) => this.output(record));
  }

  /** Some ports of several steps, each where it was asked for; `undefined` where nothing is stored (any more). */
  async portsOf(runId: string, asked: readonly { step: string; port: string }[]): Promise<(PortOutput | undefined)[]> {
    if (asked.length === 0) return [];
    const keyOf = ({ step, port }: { step: string; port: string }) => JSON.stringify([step, port]);
    const records = await this.runs.dataOf(runId, asked);
    const found = new Map(records.map((record) => [keyOf(record), this.output(record)]));
    return asked.map((each) => found.get(keyOf(each)));
  }

  /** The items of all ports together; where they are too many for a row, the first thousand. */
  async shownItems(runId: string, step: string): Promise<Item[]> {
    const outputs = await this.ports(runId, step);
    return itemsOf(outputs, outputs.some(({ bytes }) => bytes > 0) ? shownItems : Infinity);
  }

  /** The items of all ports together. @throws ResultTooLarge */
  async allItems(runId: string, step: string): Promise<Item[]> {
    const outputs = await this.ports(runId, step);
    const bytes = outputs.reduce((sum, output) => sum + output.bytes, 0);
    const count = outputs.reduce((sum, output) => sum + output.count, 0);
    if (bytes > maxAnswerBytes) throw new ResultTooLarge(runId, count);
    return itemsOf(outputs, Infinity);
  }

  private output({ port, body, chunks, items }: DataRecord): PortOutput {
    if (chunks === null) {
      const list = JSON.parse(body) as Item[];
      return { port, count: list.length, bytes: 0, page: async (offset, limit) => list.slice(offset, offset + limit) };
    }
    const large: LargeItems = { count: items, chunks: JSON.parse(chunks) as LargeItems['chunks'] };
    return {
      port,
      count: items,
      bytes: bytesOf(large),
      page: (offset, limit) => this.chunks.page(large, offset, limit),
    };
  }
}

async function itemsOf(outputs: readonly PortOutput[], most: number): Promise<Item[]> {
  const items: Item[] = [];
  for (const output of outputs) {
    if (items.length >= most) return items;
    for (const item of await output.page(0, most - items.length)) items.push(item);
  }
  return items;
}
