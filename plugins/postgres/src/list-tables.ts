import type { LoadChoices } from '@wfaib/sdk';
import { runStatements } from './connections.js';

const timeoutMs = 10_000;
const most = 200;

/** Tables and views of the chosen schema, those first whose names hold what was typed. */
export const listTables: LoadChoices = async ({ auth, input, search, signal }) => {
  const text = `SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = $1 AND position(lower($2) in lower(table_name)) > 0 ORDER BY table_name LIMIT ${most}`;
  const schema = typeof input['schema'] === 'string' && input['schema'] !== '' ? input['schema'] : 'public';
  const [result] = await runStatements(auth, [{ text, values: [schema, search] }], { signal, timeoutMs });
  return (result?.rows ?? []).map(({ name }: { name: string }) => ({ value: name, label: name }));
};
