import type { FileRef, Item, JsonObject } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type NodeResult, type OutputItem } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { FormatError, type FileFormat } from '../files/file-format.types.js';
import { fileFormats, formatChoices, formatOf } from '../files/file-formats.js';
import { eachPart } from '../in-parts.js';
import { madeFrom } from '../lineage.js';

/** Rows that are sent on while the node still reads; fewer leave with the rest. */
const rowsAtOnce = 2_000;

/** Makes an item of each row of a file. Every item that comes in has its file read, one after the other. */
export const fileReadNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.fileRead',
    label: 'Read a file',
    description: 'Makes an item of each row of a CSV, JSON, text, Excel, XML or HTML file.',
    icon: 'file-input',
    category: 'data',
    fields: {
      file: {
        kind: 'file',
        label: 'File',
        help: 'Name of the file in the item.',
        default: 'data',
        placeholder: 'data',
      },
      format: {
        kind: 'select',
        label: 'Format',
        help: 'An item per row. A text is one item, HTML gives the rows of its first table.',
        choices: formatChoices('By the name of the file'),
        default: 'auto',
        expressions: false,
      },
    },
    summary: '{{file}}',
    weight: 'heavy',
  }),
  run: readFiles,
  inParts: eachPart(readFiles),
};

async function readFiles(context: NodeContext): Promise<NodeResult> {
  const name = String(context.parameter('file', 0) ?? 'data');
  const chosen = String(context.parameter('format', 0) ?? 'auto');
  let made: OutputItem[] = [];
  const items = context.node.executeOnce ? context.items().slice(0, 1) : context.items();
  for (const [index, item] of items.entries()) {
    const source = madeFrom(context, index);
    for await (const rows of rowsIn(context, fileIn(item, name), chosen)) {
      context.signal.throwIfAborted();
      for (const json of rows) made.push({ json, source });
      if (made.length < rowsAtOnce || !context.ports.send) continue;
      await context.ports.send('main', made);
      made = [];
    }
  }
  return { outputs: { main: made } };
}

async function* rowsIn(
  context: NodeContext,
  file: FileRef,
  chosen: string,
): AsyncGenerator<JsonObject[], void, undefined> {
  const format = fileFormats.get(chosen) ?? formatOf(file);
  if (format === undefined) throw formatUnknown(file);
  try {
    yield* format.read(counted(context, file), context.breathe);
  } catch (error) {
    throw error instanceof FormatError ? unreadable(file, format, error) : error;
  }
}

/** The bytes of a file; who watches sees how many were read. */
async function* counted({ ports }: NodeContext, file: FileRef): AsyncGenerator<Uint8Array, void, undefined> {
  if (!ports.files) throw noFiles();
  let read = 0;
  for await (const bytes of ports.files.read(file)) {
    yield bytes;
    read += bytes.length;
    ports.progress?.({ fraction: Math.min(1, read / file.size), text: file.name });
  }
}

function fileIn({ files = {} }: Item, name: string): FileRef {
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (file) return file;
  const names = Object.keys(files).map((each) => `"${each}"`);
  throw new StepFailure({
    code: 'file.missing',
    message: `The item has no file "${name}". ${names.length > 0 ? `It has ${names.join(', ')}.` : 'It has no files.'}`,
    retryable: false,
  });
}

function formatUnknown({ name, mimeType }: FileRef): StepFailure {
  return new StepFailure({
    code: 'file.formatUnknown',
    message: `The name of "${name}" (${mimeType}) does not say what it holds. Choose its format.`,
    retryable: false,
  });
}

function unreadable({ name }: FileRef, { label }: FileFormat, { message }: FormatError): StepFailure {
  return new StepFailure({
    code: 'file.unreadable',
    message: `"${name}" cannot be read as ${label}: ${message}.`,
    retryable: false,
  });
}

/** Where a node is tried without a server. */
export function noFiles(): StepFailure {
  return new StepFailure({ code: 'file.unavailable', message: 'There is no place for files here.' });
}
