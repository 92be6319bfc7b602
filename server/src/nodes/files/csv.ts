import type { FileFormat } from './file-format.types.js';
import { FormatError } from './file-format.types.js';
import { cellText, tableRecords, tableRows } from './table.js';
import { encoded, textOf } from './text.js';

/** Longest field, in characters: an open quotation mark would take the rest of the file. */
const maxFieldChars = 16_000_000;
const delimiters = [',', ';', '\t', '|'];

/** Comma-separated values (RFC 4180). Other delimiters are recognised by the first line. */
export const csv: FileFormat = {
  label: 'CSV',
  mimeType: 'text/csv',
  alsoTypes: ['application/csv', 'text/tab-separated-values'],
  extensions: ['csv', 'tsv'],
  hasColumns: true,
  read: (content, breathe) => tableRows(recordsOf(textOf(content), breathe)),
  write: (rows, columns) => encoded(lines(tableRecords(rows, columns))),
};

async function* lines(records: AsyncIterable<Parameters<typeof cellText>[0][][]>): AsyncGenerator<string> {
  for await (const group of records) yield group.map((cells) => `${cells.map(written).join(',')}\n`).join('');
}

function written(value: Parameters<typeof cellText>[0]): string {
  const text = cellText(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* recordsOf(
  text: AsyncIterable<string>,
  breathe: () => Promise<void>,
): AsyncGenerator<string[][], void, undefined> {
  let parser: CsvParser | undefined;
  for await (const piece of text) {
    parser ??= new CsvParser(delimiterOf(piece));
    const records = parser.take(piece);
    if (records.length > 0) yield records;
    await breathe();
  }
  const last = parser?.end();
  if (last) yield [last];
}

/** The one that stands most often in the first line, quoted fields left out. */
function delimiterOf(text: string): string {
  const line = text.replaceAll(/"[^"]*"/g, '').split(/[\r\n]/, 1)[0]!;
  const counts = delimiters.map((each) => line.split(each).length);
  return delimiters[counts.indexOf(Math.max(...counts))]!;
}

/** Finds the records of a text that comes in pieces. */
class CsvParser {
  readonly #plain: RegExp;
  #record: string[] = [];
  #field = '';
  /** Whether the field was quoted, so that it counts though it is empty. */
  #wasQuoted = false;
  #isQuoted = false;
  /** The last piece ended with a quotation mark within quotes: the next letter says what it means. */
  #mayEnd = false;
  /** The last record ended with \r: a \n that follows belongs to it. */
  #hadReturn = false;
  #count = 0;

  constructor(private readonly delimiter: string) {
    this.#plain = new RegExp(`[^"\\r\\n${delimiter === '\t' ? '\\t' : `\\${delimiter}`}]+`, 'y');
  }

  take(text: string): string[][] {
    const records: string[][] = [];
    let at = 0;
    while (at < text.length) at = this.#isQuoted ? this.#quoted(text, at) : this.#unquoted(text, at, records);
    return records;
  }

  /** What is left at the end of the file. @throws FormatError where a quoted field does not end */
  end(): string[] | undefined {
    if (this.#isQuoted && !this.#mayEnd)
      throw new FormatError(`a quotation mark is opened in record ${this.#count + 1} and never closed`);
    return this.#endRecord();
  }

  #quoted(text: string, from: number): number {
    if (this.#mayEnd) {
      this.#mayEnd = false;
      if (text[from] !== '"') {
        this.#isQuoted = false;
        return from;
      }
      this.#add('"');
      return from + 1;
    }
    const mark = text.indexOf('"', from);
    this.#add(text.slice(from, mark === -1 ? text.length : mark));
    if (mark === -1) return text.length;
    this.#mayEnd = true;
    return mark + 1;
  }

  #unquoted(text: string, from: number, records: string[][]): number {
    const letter = text[from]!;
    const hadReturn = this.#hadReturn;
    this.#hadReturn = letter === '\r';
    if (letter === '\n' && hadReturn) return from + 1;
    if (letter === '\n' || letter === '\r') {
      const record = this.#endRecord();
      if (record) records.push(record);
    } else if (letter === this.delimiter) this.#endField();
    else if (letter === '"' && this.#field === '') {
      this.#isQuoted = true;
      this.#wasQuoted = true;
    } else if (letter === '"') this.#add('"');
    else {
      this.#plain.lastIndex = from;
      const [plain] = this.#plain.exec(text)!;
      this.#add(plain);
      return from + plain.length;
    }
    return from + 1;
  }

  #add(text: string): void {
    this.#field += text;
    if (this.#field.length > maxFieldChars)
      throw new FormatError(`a field of record ${this.#count + 1} has more than ${maxFieldChars} characters`);
  }

  #endField(): void {
    this.#record.push(this.#field);
    this.#field = '';
    this.#wasQuoted = false;
  }

  /** @returns undefined for a line without anything in it */
  #endRecord(): string[] | undefined {
    if (this.#record.length === 0 && this.#field === '' && !this.#wasQuoted) return undefined;
    this.#endField();
    const record = this.#record;
    this.#record = [];
    this.#isQuoted = this.#mayEnd = false;
    this.#count += 1;
    return record;
  }
}
