import { UserError, type ActionContext, type JsonObject, type JsonValue } from '@wfaib/sdk';
import { runStatements, type Statement } from './connections.js';
import { bound, isObject, quoted, tableName } from './sql-text.js';

interface InsertInput {
  table: string;
  schema: string;
  rows: JsonValue;
  onConflict: 'fail' | 'skip' | 'update';
  conflictColumns: string[] | undefined;
  returning: boolean;
  timeoutMs: number;
}

/** The protocol counts parameters in 16 bits. */
const mostParameters = 65_535;
const mostRows = 1_000;

/** Inserts all rows or none; several at once in as few statements as they fit. */
export async function insertRows({ input, auth, signal }: ActionContext<InsertInput>): Promise<unknown> {
  const rows = rowsOf(input.rows);
  if (rows.length === 0) return input.returning ? [] : { rowCount: 0 };
  const results = await runStatements(auth, insertStatements(input, rows), { signal, timeoutMs: input.timeoutMs });
  if (input.returning) return results.flatMap((result) => result.rows as unknown[]);
  return { rowCount: results.reduce((sum, result) => sum + (result.rowCount ?? 0), 0) };
}

/** The statements for all rows. A column that only some rows have is null in the others. */
export function insertStatements(input: Omit<InsertInput, 'rows' | 'timeoutMs'>, rows: JsonObject[]): Statement[] {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) throw new UserError('The rows have no columns.');
  const perStatement = Math.max(1, Math.min(mostRows, Math.floor(mostParameters / columns.length)));
  const head = `INSERT INTO ${tableName(input.schema, input.table)} (${columns.map(quoted).join(', ')}) VALUES `;
  const tail = `${conflictClause(input, columns)}${input.returning ? ' RETURNING *' : ''}`;
  const statements: Statement[] = [];
  for (let start = 0; start < rows.length; start += perStatement) {
    const part = rows.slice(start, start + perStatement);
    const values = part.flatMap((row) => columns.map((column) => bound(row[column])));
    statements.push({ text: head + placeholders(part.length, columns.length) + tail, values });
  }
  return statements;
}

function placeholders(rows: number, columns: number): string {
  const one = (row: number) => Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`);
  return Array.from({ length: rows }, (_, row) => `(${one(row).join(', ')})`).join(', ');
}

function conflictClause(input: Pick<InsertInput, 'onConflict' | 'conflictColumns'>, columns: string[]): string {
  if (input.onConflict === 'fail') return '';
  const tell = input.conflictColumns ?? [];
  const target = tell.length === 0 ? '' : ` (${tell.map(quoted).join(', ')})`;
  if (input.onConflict === 'skip') return ` ON CONFLICT${target} DO NOTHING`;
  if (tell.length === 0) throw new UserError('"conflictColumns" is needed to update rows that exist.');
  const changes = columns.filter((column) => !tell.includes(column));
  if (changes.length === 0) return ` ON CONFLICT${target} DO NOTHING`;
  const set = changes.map((column) => `${quoted(column)} = EXCLUDED.${quoted(column)}`).join(', ');
  return ` ON CONFLICT${target} DO UPDATE SET ${set}`;
}

function rowsOf(given: JsonValue): JsonObject[] {
  const rows = Array.isArray(given) ? given : [given];
  if (rows.every(isObject)) return rows;
  throw new UserError('"rows" must be an object of column to value, or a list of such objects.');
}
