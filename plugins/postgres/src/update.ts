import { UserError, type ActionContext, type JsonValue } from '@wfaib/sdk';
import { runStatements, type Statement } from './connections.js';
import { bound, quoted, tableName } from './sql-text.js';

interface UpdateInput {
  table: string;
  schema: string;
  where: Record<string, JsonValue>;
  values: Record<string, JsonValue>;
  returning: boolean;
  timeoutMs: number;
}

/** Changes the rows that match; without a condition it refuses to change a whole table. */
export async function updateRows({ input, auth, signal }: ActionContext<UpdateInput>): Promise<unknown> {
  const [result] = await runStatements(auth, [updateStatement(input)], { signal, timeoutMs: input.timeoutMs });
  return input.returning ? result!.rows : { rowCount: result!.rowCount ?? 0 };
}

export function updateStatement(input: Omit<UpdateInput, 'timeoutMs'>): Statement {
  const changes = Object.entries(input.values);
  const conditions = Object.entries(input.where);
  if (changes.length === 0) throw new UserError('"values" is empty: there is nothing to change.');
  if (conditions.length === 0) throw new UserError('"where" is empty: that would change every row of the table.');
  const values: unknown[] = [];
  const place = (value: JsonValue) => `$${values.push(bound(value))}`;
  const set = changes.map(([column, value]) => `${quoted(column)} = ${place(value)}`).join(', ');
  const where = conditions.map(([column, value]) => condition(column, value, place)).join(' AND ');
  const returning = input.returning ? ' RETURNING *' : '';
  return { text: `UPDATE ${tableName(input.schema, input.table)} SET ${set} WHERE ${where}${returning}`, values };
}

function condition(column: string, value: JsonValue, place: (value: JsonValue) => string): string {
  return value === null ? `${quoted(column)} IS NULL` : `${quoted(column)} = ${place(value)}`;
}
