import { Client } from 'pg';

export interface StoredRuns {
  /** The newest ended run of this workflow is copied. */
  workflowId: string;
  count: number;
  /** Those among them, the first ones, that get its steps and events too. @defaultValue none */
  withJournal?: number;
  /** When the first of them began; the others follow, one a millisecond. */
  from: number;
}

const batch = 50_000;

/** Writes many runs at once, as copies of one that ran. Nothing takes notice: lists read them. */
export async function storeRuns(
  databaseUrl: string,
  { workflowId, count, withJournal = 0, from }: StoredRuns,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    const copies = [
      await copyOf(client, 'run'),
      await copyOf(client, 'run_step'),
      await copyOf(client, 'run_event'),
    ] as const;
    for (let done = 0; done < count; done += batch) {
      const rows = Math.min(batch, count - done);
      await client.query(insertion(copies, done < withJournal), [workflowId, from + done, rows]);
    }
    await client.query('ANALYZE run');
  } finally {
    await client.end();
  }
}

/** Columns of a table, and what they are in a copy; `m` is the row that is copied, `n.id` the new run. */
async function copyOf(client: Client, table: string): Promise<{ into: string; of: string }> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema AND table_name = $1',
    [table],
  );
  const newIds = new Set(table === 'run' ? ['id', 'root_run_id'] : ['run_id']);
  return {
    into: `${table} (${rows.map(({ name }) => `"${name}"`).join(', ')})`,
    of: rows.map(({ name }) => (newIds.has(name) ? 'n.id' : `m."${name}"`)).join(', '),
  };
}

type Copy = Awaited<ReturnType<typeof copyOf>>;

function insertion([run, step, event]: readonly [Copy, Copy, Copy], withJournal: boolean): string {
  const journal = `,
    steps AS (INSERT INTO ${step.into} SELECT ${step.of} FROM n, run_step m JOIN model ON m.run_id = model.id),
    events AS (INSERT INTO ${event.into} SELECT ${event.of} FROM n, run_event m JOIN model ON m.run_id = model.id)`;
  // UUIDs of version 7: the time in milliseconds, and chance.
  return `WITH model AS (SELECT * FROM run WHERE workflow_id = $1 AND ended_at IS NOT NULL ORDER BY id DESC LIMIT 1),
    n AS MATERIALIZED (
      SELECT (lpad(to_hex($2::bigint + i), 12, '0') || '7' || left(chance, 3) || '8' || right(chance, 15))::uuid AS id
      FROM (SELECT i, encode(uuid_send(gen_random_uuid()), 'hex') AS chance FROM generate_series(0, $3::int - 1) i) AS each
    ),
    runs AS (INSERT INTO ${run.into} SELECT ${run.of} FROM n, model m)
    ${withJournal ? journal : ''}
    SELECT 1`;
}
