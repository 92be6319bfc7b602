import { UserError, type ActionContext, type JsonValue } from '@wfaib/sdk';
import { runStatements } from './connections.js';

interface QueryInput {
  sql: string;
  parameters: JsonValue | undefined;
  timeoutMs: number;
}

/** Rows of the statement; of one that returns none, how many rows it changed. */
export async function runQuery({ input, auth, signal }: ActionContext<QueryInput>): Promise<unknown> {
  const statement = { text: input.sql, values: parametersOf(input.parameters) };
  const [result] = await runStatements(auth, [statement], { signal, timeoutMs: input.timeoutMs });
  return result!.fields.length > 0 ? result!.rows : { rowCount: result!.rowCount ?? 0 };
}

/** Lists become PostgreSQL arrays (for `= ANY($1)`), objects become JSON. */
function parametersOf(given: JsonValue | undefined): unknown[] {
  if (given === undefined || given === null) return [];
  if (Array.isArray(given)) return given;
  throw new UserError('"parameters" must be a list: its first value is $1.');
}
