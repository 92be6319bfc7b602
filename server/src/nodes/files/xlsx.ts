import type { JsonValue } from '@wfaib/sdk/items';
import { FormatError, type FileFormat } from './file-format.types.js';
import { escaped } from './markup.js';
import { cellText, tableRecords } from './table.js';
import { encoded } from './text.js';
import { readXlsx } from './xlsx-read.js';
import { zipped, type ZipEntry } from './zip.js';

/** What Excel takes: rows of a sheet, characters of a cell. */
const maxRows = 1_048_576;
const maxCellChars = 32_767;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const typePrefix = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What a workbook of one sheet holds besides the sheet (ECMA-376). */
const frame: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${typePrefix}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${typePrefix}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="Items" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/** Excel: the first sheet, whose first row names the columns. */
export const xlsx: FileFormat = {
  label: 'Excel',
  mimeType: `${typePrefix}.sheet`,
  extensions: ['xlsx'],
  hasColumns: true,
  read: readXlsx,
  write: (rows, columns) => {
    const parts = Object.entries(frame).map(([name, text]): ZipEntry => ({
      name,
      content: encoded(once(declaration + text)),
    }));
    return zipped([
      ...parts,
      { name: 'xl/worksheets/sheet1.xml', content: encoded(sheetOf(tableRecords(rows, columns))) },
    ]);
  },
};

async function* sheetOf(records: ReturnType<typeof tableRecords>): AsyncGenerator<string> {
  yield `${declaration}<worksheet xmlns="${main}"><sheetData>`;
  let count = 0;
  for await (const group of records) {
    count += group.length;
    if (count > maxRows) throw new FormatError(`a sheet holds no more than ${maxRows} rows; csv has no such limit`);
    yield group.map((cells) => `<row>${cells.map(cellOf).join('')}</row>`).join('');
  }
  yield '</sheetData></worksheet>';
}

function cellOf(value: JsonValue): string {
  if (value === null) return '<c/>';
  if (typeof value === 'number') return `<c><v>${value}</v></c>`;
  if (typeof value === 'boolean') return `<c t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = cellText(value);
  if (text.length > maxCellChars)
    throw new FormatError(`a cell holds no more than ${maxCellChars} characters; one of these has ${text.length}`);
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

// oxlint-disable-next-line typescript/require-await -- text that is there is written as text that comes
async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
