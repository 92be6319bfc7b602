import { Client } from 'pg';

/**
 * Writes published workflows as copies of one that answers a webhook, each with a name and a path of its own. Servers know
 * them after the next publication.
 */
export async function storeWorkflows(databaseUrl: string, workflowId: string, count: number): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      'CREATE TEMP TABLE made ON COMMIT DROP AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, $1::int) n',
      [count],
    );
    for (const [table, key, changed] of copied) {
      const { rows } = await client.query<{ name: string }>(
        'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema AND table_name = $1',
        [table],
      );
      const names = rows.map(({ name }) => name);
      const values = names.map((name) =>
        name === key ? 'made.id' : changed.has(name) ? changed.get(name) : `m.${name}`,
      );
      await client.query(
        `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM made, ${table} m WHERE m.${key} = $1`,
        [workflowId],
      );
    }
    await client.query('COMMIT');
    await client.query('ANALYZE workflow, workflow_version, webhook_route');
  } finally {
    await client.end();
  }
}

const another = (column: string): [string, string] => [
  column,
  `m.${column} || '-' || left(made.id::text, 8) || made.n`,
];

/** Tables with a row for a workflow, the column that names it, and what is unlike the row that is copied. */
const copied: [table: string, key: string, changed: Map<string, string>][] = [
  ['workflow', 'id', new Map([another('name')])],
  ['workflow_version', 'workflow_id', new Map()],
  ['webhook_route', 'workflow_id', new Map([another('path'), another('path_key')])],
];
