import { FormatError, type FileFormat } from './file-format.types.js';
import { escaped, tokensOf } from './markup.js';
import { cellText, tableRecords, tableRows } from './table.js';
import { encoded, wholeText } from './text.js';

/** Pieces that are read before other work may go on. */
const piecesAtOnce = 500;

/** The first table of a page. */
export const html: FileFormat = {
  label: 'HTML',
  mimeType: 'text/html',
  alsoTypes: ['application/xhtml+xml'],
  extensions: ['html', 'htm'],
  hasColumns: true,
  read: (content, breathe) =>
    tableRows(
      (async function* () {
        yield await firstTable(await wholeText(content), breathe);
      })(),
    ),
  write: (rows, columns) => encoded(pageOf(tableRecords(rows, columns))),
};

async function firstTable(source: string, breathe: () => Promise<void>): Promise<string[][]> {
  const table = new TableReader();
  let pieces = 0;
  for (const token of tokensOf(source, true)) {
    if (++pieces % piecesAtOnce === 0) await breathe();
    if (token.kind === 'text') table.text(token.text);
    else if (token.kind === 'open') table.open(token.name);
    else table.close(token.name);
    if (table.isOver) break;
  }
  if (!table.wasThere) throw new FormatError('there is no table in it');
  return table.records.filter((record) => record.length > 0);
}

/** Ends of rows and cells may be left out, and tables may stand in cells: what those say is text of the cell. */
class TableReader {
  readonly records: string[][] = [];
  wasThere = false;
  isOver = false;
  #depth = 0;
  #cell: string | undefined;

  open(name: string): void {
    if (name === 'table') {
      this.wasThere = true;
      this.#depth += 1;
    }
    if (this.#depth !== 1) return;
    if (name === 'tr' || name === 'td' || name === 'th') this.#endCell();
    if (name === 'tr') this.records.push([]);
    if (name === 'td' || name === 'th') this.#cell = '';
    if (name === 'br' || name === 'p' || name === 'div') this.text(' ');
  }

  close(name: string): void {
    if (name === 'table' && this.#depth > 0) {
      this.#depth -= 1;
      if (this.#depth > 0) return;
      this.#endCell();
      this.isOver = true;
    } else if (this.#depth === 1 && (name === 'td' || name === 'th' || name === 'tr')) this.#endCell();
  }

  text(text: string): void {
    if (this.#cell !== undefined) this.#cell += text;
  }

  #endCell(): void {
    if (this.#cell === undefined) return;
    if (this.records.length === 0) this.records.push([]);
    this.records.at(-1)!.push(this.#cell.replaceAll(/\s+/g, ' ').trim());
    this.#cell = undefined;
  }
}

async function* pageOf(records: ReturnType<typeof tableRecords>): AsyncGenerator<string> {
  yield '<!doctype html>\n<html>\n<head><meta charset="utf-8"></head>\n<body>\n<table>\n';
  let tag = 'th';
  for await (const group of records) {
    const row = (cells: (typeof group)[number]): string =>
      `<tr>${cells.map((cell) => `<${tag}>${escaped(cellText(cell))}</${tag}>`).join('')}</tr>\n`;
    yield group.map(row).join('');
    tag = 'td';
  }
  yield '</table>\n</body>\n</html>\n';
}
