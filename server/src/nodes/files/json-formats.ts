import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import { FormatError, type FileFormat, type Rows } from './file-format.types.js';
import { encoded, textOf, wholeText } from './text.js';

/** Longest line of a jsonl file, in characters. */
const maxLineChars = 64_000_000;

/** One JSON value: a list has a row for each element, anything else is the one row. */
export const json: FileFormat = {
  label: 'JSON',
  mimeType: 'application/json',
  alsoTypes: ['text/json'],
  extensions: ['json'],
  hasColumns: false,
  read: async function* (content) {
    const value = parsed(await wholeText(content));
    yield (Array.isArray(value) ? value : [value]).map(rowOf);
  },
  write: (rows) => encoded(listText(rows)),
};

/** A JSON value in each line. */
export const jsonl: FileFormat = {
  label: 'JSON lines',
  mimeType: 'application/jsonl',
  alsoTypes: ['application/x-ndjson', 'application/x-jsonlines', 'application/json-lines'],
  extensions: ['jsonl', 'ndjson'],
  hasColumns: false,
  read: async function* (content, breathe) {
    let rest = '';
    let line = 0;
    for await (const piece of textOf(content)) {
      const lines = piece.split('\n');
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!;
      if (rest.length > maxLineChars) throw new FormatError(`line ${line + lines.length + 1} is too long`);
      yield rowsIn(lines, line);
      line += lines.length;
      await breathe();
    }
    yield rowsIn([rest], line);
  },
  write: (rows) => encoded(lineTexts(rows)),
};

/** The whole text as `data`; written, each item is a line: its `data` where that is text, else its JSON. */
export const text: FileFormat = {
  label: 'text',
  mimeType: 'text/plain',
  extensions: ['txt', 'md', 'log'],
  hasColumns: false,
  read: async function* (content) {
    yield [{ data: await wholeText(content) }];
  },
  write: (rows) => encoded(plainTexts(rows)),
};

/** An object is the row itself, any other value its field `data`. */
function rowOf(value: JsonValue): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { data: value };
}

function rowsIn(lines: readonly string[], before: number): JsonObject[] {
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [rowOf(parsed(line, before + index + 1))]));
}

function parsed(source: string, line?: number): JsonValue {
  try {
    return JSON.parse(source) as JsonValue;
  } catch (error) {
    const place = line === undefined ? '' : `line ${line}: `;
    throw new FormatError(`${place}${(error as Error).message}`);
  }
}

async function* listText(rows: Rows): AsyncGenerator<string> {
  let before = '[\n';
  for await (const group of rows) {
    if (group.length > 0) yield before + group.map((row) => JSON.stringify(row)).join(',\n');
    if (group.length > 0) before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* lineTexts(rows: Rows): AsyncGenerator<string> {
  for await (const group of rows) yield group.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function* plainTexts(rows: Rows): AsyncGenerator<string> {
  let before = '';
  for await (const group of rows) {
    for (const row of group) {
      yield before + (typeof row['data'] === 'string' ? row['data'] : JSON.stringify(row));
      before = '\n';
    }
  }
}
