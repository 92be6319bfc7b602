import { Injectable } from '@nestjs/common';
import type { Item, JsonObject } from '@wfaib/sdk/items';
import { withoutFormula } from '@wfaib/sdk/spreadsheet-text';
import { csv } from '../nodes/files/csv.js';
import type { Bytes, FileFormat } from '../nodes/files/file-format.types.js';
import { json, jsonl } from '../nodes/files/json-formats.js';
import { StepData, type ItemsQuestion } from './step-data.service.js';

/** The formats that the items of a step can be taken away in. */
const formats = { json, csv, jsonl } satisfies Record<string, FileFormat>;

/** Writes the items of a step as a file while it reads them: of any number, in little memory. */
@Injectable()
export class ItemsFile {
  constructor(private readonly stepData: StepData) {}

  /** @throws RunNotFound, StepNotFound */
  async open(
    projectId: string,
    runId: string,
    stepId: string,
    { format, ...which }: Pick<ItemsQuestion, 'side' | 'port'> & { format: keyof typeof formats },
  ): Promise<{ mimeType: string; bytes: Bytes }> {
    const read = await this.stepData.allItems(projectId, runId, stepId, which);
    const { mimeType, hasColumns, write } = formats[format];
    if (!hasColumns) return { mimeType, bytes: write(rowsOf(read()), []) };
    const columns = await columnsOf(read());
    return { mimeType, bytes: write(asText(rowsOf(read())), columns.map(withoutFormula)) };
  }
}

async function* rowsOf(pages: AsyncIterable<Item[]>): AsyncGenerator<JsonObject[], void, undefined> {
  for await (const items of pages) yield items.map(({ json: row }) => row);
}

/** Rows for people, who open them in a spreadsheet: texts of others must not become formulas there. */
async function* asText(rows: AsyncIterable<JsonObject[]>): AsyncGenerator<JsonObject[], void, undefined> {
  for await (const group of rows)
    yield group.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          withoutFormula(name),
          typeof value === 'string' ? withoutFormula(value) : value,
        ]),
      ),
    );
}

/** In the order in which they first appear. */
async function columnsOf(pages: AsyncIterable<Item[]>): Promise<string[]> {
  const names = new Set<string>();
  for await (const items of pages)
    for (const { json: row } of items) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}
