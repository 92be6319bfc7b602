import type { FileRef, JsonObject } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { FormatError, type FileFormat } from '../files/file-format.types.js';
import { fileFormats, formatChoices, formatOf } from '../files/file-formats.js';
import { HandOver } from '../hand-over.js';
import { inOnePart } from '../in-parts.js';
import { allSources, withFiles } from '../lineage.js';
import { asText } from '../parameter-shapes.js';
import { noFiles } from './file-read.node.js';

/** Writes all items into one file, a row each, and sends on one item that holds it. */
export const fileWriteNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.fileWrite',
    label: 'Write a file',
    description: 'Makes a CSV, JSON, text, Excel, XML or HTML file of all items.',
    icon: 'file-output',
    category: 'data',
    fields: {
      format: {
        kind: 'select',
        label: 'Format',
        help: 'CSV where the name of the file does not say otherwise.',
        choices: formatChoices('By the name of the file'),
        default: 'auto',
        expressions: false,
      },
      file: {
        kind: 'text',
        label: 'Put the file into',
        help: 'Name of the file in the item that leaves.',
        default: 'data',
        placeholder: 'data',
      },
      fileName: {
        kind: 'text',
        label: 'File name',
        help: 'As a person who downloads it sees it.',
        placeholder: 'orders.csv',
      },
    },
    summary: '{{fileName}}',
  }),
  run: (context) => inOnePart(context, writing(context)),
  inParts: writing,
};

/** Most different fields that a table may have. */
const maxColumns = 10_000;

function writing(first: NodeContext): PartsWork {
  const slot = asText(first.parameter('file', 0)) ?? 'data';
  const given = asText(first.parameter('fileName', 0));
  const chosen = fileFormats.get(String(first.parameter('format', 0)));
  const format = chosen ?? formatOf({ name: given ?? '' }) ?? fileFormats.get('csv')!;
  const name = given ?? `${slot}.${format.extensions[0]}`;
  const isOne = first.node.executeOnce === true;
  const isSeveral = !isOne && first.itemCount() > first.items().length;
  // A table begins with the names of all its fields: of more items than fit into memory they are looked up first.
  const looksFirst = format.hasColumns && isSeveral;
  const columns = new Set<string>();
  let left = looksFirst ? first.itemCount() : 0;
  let count = 0;
  let writer: Writer | undefined;
  return {
    ...(looksFirst ? { reads: [{ port: 'main' }, { port: 'main' }] } : {}),
    take: async (part) => {
      const items = isOne ? part.items().slice(0, 1) : part.items();
      const rows = items.map(({ json }) => json);
      if (format.hasColumns && writer === undefined) addColumns(columns, rows);
      left -= rows.length;
      if (looksFirst && left >= 0) return { outputs: {} };
      count += rows.length;
      await (writer ??= new Writer(part, { format, name, columns: [...columns] })).take(rows);
      return { outputs: {} };
    },
    end: async () => {
      const file = await writer!.end();
      const json = { fileName: file.name, mimeType: file.mimeType, size: file.size, items: count };
      return { outputs: { main: [withFiles(json, { [slot]: file }, allSources(first))] } };
    },
  };
}

/** Writes a file while its rows come. */
class Writer {
  readonly #rows = new HandOver<JsonObject[]>();
  readonly #written: Promise<FileRef>;

  constructor({ ports, signal }: NodeContext, to: { format: FileFormat; name: string; columns: string[] }) {
    if (!ports.files) throw noFiles();
    const { name, format, columns } = to;
    this.#written = ports.files.write({ name, mimeType: format.mimeType }, format.write(this.#rows, columns));
    // Who asks hears of it; until then it is nobody's.
    this.#written.catch((error: unknown) => this.#rows.end(error));
    signal.addEventListener('abort', () => this.#rows.end(signal.reason), { once: true });
  }

  async take(rows: JsonObject[]): Promise<void> {
    await this.#rows.give(rows);
  }

  async end(): Promise<FileRef> {
    this.#rows.end();
    try {
      return await this.#written;
    } catch (error) {
      throw error instanceof FormatError ? unwritable(error) : error;
    }
  }
}

function addColumns(columns: Set<string>, rows: readonly JsonObject[]): void {
  for (const row of rows) for (const name of Object.keys(row)) columns.add(name);
  if (columns.size <= maxColumns) return;
  throw unwritable(new FormatError(`the items have more than ${maxColumns} different fields`));
}

function unwritable({ message }: FormatError): StepFailure {
  return new StepFailure({
    code: 'file.unwritable',
    message: `The file cannot be written: ${message}.`,
    retryable: false,
  });
}
