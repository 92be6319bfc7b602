import type { JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { Rows } from './file-format.types.js';

type Record = readonly JsonValue[];

/** Rows of a table whose first record names the columns. A cell that is not there is null. */
export async function* tableRows(records: AsyncIterable<Record[]>): AsyncGenerator<JsonObject[], void, undefined> {
  let columns: string[] | undefined;
  for await (const group of records) {
    const rows: JsonObject[] = [];
    for (const record of group) {
      if (columns === undefined) columns = columnNames(record);
      else rows.push(rowOf(columns, record));
    }
    if (rows.length > 0) yield rows;
  }
}

/** The records of a table: first the names of the columns, then the values in that order. */
export async function* tableRecords(
  rows: Rows,
  columns: readonly string[],
): AsyncGenerator<JsonValue[][], void, undefined> {
  yield [[...columns]];
  for await (const group of rows)
    yield group.map((row) => columns.map((name) => (Object.hasOwn(row, name) ? row[name]! : null)));
}

/** A value in a cell that holds text: nothing for null, JSON for lists and objects. */
export function cellText(value: JsonValue): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function rowOf(columns: string[], record: Record): JsonObject {
  while (columns.length < record.length) columns.push(freeName(columns, `column_${columns.length + 1}`));
  return Object.fromEntries(columns.map((name, index) => [name, record[index] ?? null]));
}

/** A column without a name, and one whose name is taken, get a number. */
function columnNames(record: Record): string[] {
  const names: string[] = [];
  for (const [index, cell] of record.entries()) {
    const name = cellText(cell).trim();
    names.push(freeName(names, name === '' ? `column_${index + 1}` : name));
  }
  return names;
}

function freeName(taken: readonly string[], name: string): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
