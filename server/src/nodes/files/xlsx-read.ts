import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import { FormatError, type Bytes } from './file-format.types.js';
import { attributesOf, tokensOf } from './markup.js';
import { tableRows } from './table.js';
import { wholeBytes } from './text.js';
import { ZipReader } from './zip.js';

type Breathe = () => Promise<void>;

/** Pieces that are read before other work may go on, and rows that are handed on together. */
const piecesAtOnce = 500;
const rowsAtOnce = 500;
/** Columns of a sheet, as Excel has them. */
const maxColumns = 16_384;
const dayMs = 86_400_000;
/** What a day is counted from: Excel takes 1900 for a leap year, so day 60 is one too many. */
const epochs = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) };

/** What cells of the sheet refer to. */
interface Workbook {
  texts: string[];
  /** By style: whether a number of this style is a date. */
  dates: boolean[];
  epoch: number;
}

/** Rows of the first sheet; dates become ISO texts without a time zone. */
export async function* readXlsx(content: Bytes, breathe: Breathe): AsyncGenerator<JsonObject[], void, undefined> {
  const zip = new ZipReader(await wholeBytes(content));
  const [workbook, links] = [await part(zip, 'xl/workbook.xml'), await part(zip, 'xl/_rels/workbook.xml.rels')];
  if (workbook === undefined) throw new FormatError('there is no workbook in it');
  const sheet = await part(zip, sheetPath(workbook, links));
  if (sheet === undefined) throw new FormatError('its first sheet is missing');
  const book: Workbook = {
    texts: await sharedTexts(await part(zip, 'xl/sharedStrings.xml'), breathe),
    dates: dateStyles(await part(zip, 'xl/styles.xml')),
    epoch: /date1904="(?:1|true)"/.test(workbook) ? epochs[1904] : epochs[1900],
  };
  yield* tableRows(recordsOf(sheet, book, breathe));
}

async function part(zip: ZipReader, name: string): Promise<string | undefined> {
  const bytes = await zip.read(name);
  return bytes && new TextDecoder().decode(bytes);
}

/** The first sheet in the order of the tabs. */
function sheetPath(workbook: string, links = ''): string {
  const open = (source: string, name: string) =>
    [...tokensOf(source, false)].flatMap((token) =>
      token.kind === 'open' && localName(token.name) === name ? [attributesOf(token)] : [],
    );
  const [first] = open(workbook, 'sheet');
  const id = [...(first ?? [])].find(([name]) => localName(name) === 'id')?.[1];
  const target = open(links, 'Relationship')
    .find((link) => link.get('Id') === id)
    ?.get('Target');
  if (target === undefined) return 'xl/worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

async function sharedTexts(source: string | undefined, breathe: Breathe): Promise<string[]> {
  const texts: string[] = [];
  let hidden = 0;
  let isText = false;
  for await (const token of breathing(source ?? '', breathe)) {
    if (token.kind === 'text') {
      if (isText && hidden === 0) texts[texts.length - 1] += token.text;
      continue;
    }
    const name = localName(token.name);
    const isOpen = token.kind === 'open' && !token.isEmpty;
    if (name === 'si' && token.kind === 'open') texts.push('');
    // How to read it aloud stands beside the text.
    if (name === 'rPh') hidden += isOpen ? 1 : -1;
    if (name === 't') isText = isOpen;
  }
  return texts;
}

function dateStyles(source = ''): boolean[] {
  const custom = new Map<string, boolean>();
  const dates: boolean[] = [];
  let isInCells = false;
  for (const token of tokensOf(source, false)) {
    if (token.kind === 'text') continue;
    const name = localName(token.name);
    if (name === 'cellXfs') isInCells = token.kind === 'open';
    if (token.kind === 'close') continue;
    const attributes = attributesOf(token);
    if (name === 'numFmt')
      custom.set(attributes.get('numFmtId') ?? '', isDateFormat(attributes.get('formatCode') ?? ''));
    if (name !== 'xf' || !isInCells) continue;
    const id = attributes.get('numFmtId') ?? '0';
    dates.push(custom.get(id) ?? isBuiltInDate(Number(id)));
  }
  return dates;
}

/** ECMA-376 part 1, 18.8.30. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

function isDateFormat(code: string): boolean {
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return /[dmyhs]/i.test(bare) && !/general/i.test(bare);
}

async function* recordsOf(
  sheet: string,
  book: Workbook,
  breathe: Breathe,
): AsyncGenerator<JsonValue[][], void, undefined> {
  let records: JsonValue[][] = [];
  let cell: { column: number; type: string; style: number; text: string } | undefined;
  let row: JsonValue[] = [];
  let isValue = false;
  for await (const token of breathing(sheet, breathe)) {
    if (token.kind === 'text') {
      if (isValue && cell) cell.text += token.text;
      continue;
    }
    const name = localName(token.name);
    const isOpen = token.kind === 'open' && !token.isEmpty;
    if (name === 'row' && token.kind === 'open') row = [];
    if (name === 'row' && !isOpen && row.length > 0) records.push(row);
    if (name === 'c' && token.kind === 'open') cell = cellOf(attributesOf(token), row.length);
    if (name === 'c' && !isOpen && cell) put(row, cell.column, valueOf(cell, book));
    if (name === 'v' || name === 't') isValue = isOpen;
    if (records.length < rowsAtOnce) continue;
    yield records;
    records = [];
  }
  if (records.length > 0) yield records;
}

function cellOf(attributes: Map<string, string>, next: number) {
  const letters = /^[A-Z]{1,3}/.exec(attributes.get('r') ?? '')?.[0];
  const column =
    letters === undefined ? next : [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0) - 1;
  if (column >= maxColumns) throw new FormatError(`it has more than ${maxColumns} columns`);
  return { column, type: attributes.get('t') ?? 'n', style: Number(attributes.get('s') ?? 0), text: '' };
}

/** Cells without a value are left out of the file. */
function put(row: JsonValue[], column: number, value: JsonValue): void {
  while (row.length < column) row.push(null);
  row[column] = value;
}

function valueOf({ type, style, text }: ReturnType<typeof cellOf> & object, book: Workbook): JsonValue {
  if (type === 's') return book.texts[Number(text)] ?? null;
  if (type === 'b') return text === '1';
  if (type === 'str' || type === 'inlineStr' || type === 'd') return text;
  // An error of a formula, such as #DIV/0!, is no value.
  if (type === 'e' || text === '') return null;
  const number = Number(text);
  if (Number.isNaN(number)) return text;
  return book.dates[style] === true ? dateText(number, book.epoch) : number;
}

/** A day, a moment or, below one day, a time. */
function dateText(days: number, epoch: number): JsonValue {
  // Seconds are the least that Excel shows; the rest is what its fractions lose.
  const at = new Date(epoch + Math.round((days * dayMs) / 1000) * 1000);
  if (Number.isNaN(at.getTime())) return days;
  const text = at.toISOString().slice(0, 19);
  if (days >= 0 && days < 1) return text.slice(11);
  return Number.isInteger(days) ? text.slice(0, 10) : text;
}

async function* breathing(source: string, breathe: Breathe) {
  let pieces = 0;
  for (const token of tokensOf(source, false)) {
    if (++pieces % piecesAtOnce === 0) await breathe();
    yield token;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
