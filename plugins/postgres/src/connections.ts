import { createHash } from 'node:crypto';
import { UserError, type CallAuth } from '@wfaib/sdk';
import { DatabaseError, Pool, types, type CustomTypesConfig, type PoolClient, type QueryResult } from 'pg';
import { asConnectorError } from './postgres-errors.js';

type Values = Record<string, string>;

/** Ten seconds after its last query a pool, and the password in it, is gone. */
const idleMs = 10_000;
const pools = new Map<string, { pool: Pool; timer?: NodeJS.Timeout }>();

// Dates without a time zone are not instants, and bytes are no JSON: they stay as PostgreSQL writes them.
const asText = new Set<number>([types.builtins.DATE, types.builtins.TIMESTAMP, types.builtins.BYTEA]);
const rowTypes: CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    asText.has(oid) ? (value: string) => value : types.getTypeParser(oid, format as 'text'),
};

/** One statement with its bind parameters. */
export interface Statement {
  text: string;
  values: unknown[];
}

export interface RunTerms {
  signal: AbortSignal;
  timeoutMs: number;
}

/**
 * Runs statements on one connection, all in one transaction where there are several. The server ends a statement that takes longer
 * than `timeoutMs`; a cancelled step closes its connection.
 */
export async function runStatements(
  auth: CallAuth | undefined,
  statements: Statement[],
  terms: RunTerms,
): Promise<QueryResult[]> {
  if (!auth) throw new UserError('This step needs a PostgreSQL credential.');
  try {
    return await onClient(await connected(auth.values), statements, terms);
  } catch (error) {
    throw asConnectorError(error);
  }
}

/** Connects and asks for nothing. */
export async function testConnection(values: Values): Promise<void> {
  const terms = { signal: new AbortController().signal, timeoutMs: 10_000 };
  await runStatements({ kind: 'postgres.connection', values }, [{ text: 'SELECT 1', values: [] }], terms);
}

async function onClient(client: PoolClient, statements: Statement[], terms: RunTerms): Promise<QueryResult[]> {
  let broken: Error | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    terms.signal.addEventListener('abort', () => reject((broken = new Error('The step was cancelled.'))), {
      once: true,
    });
  });
  try {
    return await Promise.race([limited(client, statements, terms.timeoutMs), cancelled]);
  } catch (error) {
    if (!(error instanceof DatabaseError)) broken ??= error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function limited(client: PoolClient, statements: Statement[], timeoutMs: number): Promise<QueryResult[]> {
  await client.query("SELECT set_config('statement_timeout', $1, false)", [String(timeoutMs)]);
  const results: QueryResult[] = [];
  if (statements.length > 1) await client.query('BEGIN');
  try {
    for (const statement of statements) results.push(await client.query({ ...statement, types: rowTypes }));
    if (statements.length > 1) await client.query('COMMIT');
    return results;
  } catch (error) {
    if (statements.length > 1) await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** With `prefer`, a server without TLS is asked again without it. */
async function connected(values: Values): Promise<PoolClient> {
  const wish = values['ssl'] ?? 'prefer';
  if (wish !== 'prefer') return poolOf(values, wish).connect();
  try {
    return await poolOf(values, 'require').connect();
  } catch (error) {
    if (!/does not support SSL/i.test((error as Error).message)) throw error;
    return poolOf(values, 'off').connect();
  }
}

function poolOf(values: Values, ssl: string): Pool {
  const key = createHash('sha256')
    .update(JSON.stringify([values, ssl]))
    .digest('hex');
  const entry = pools.get(key) ?? { pool: newPool(values, ssl) };
  pools.set(key, entry);
  clearTimeout(entry.timer);
  entry.timer = setTimeout(() => void forget(key, entry.pool), idleMs).unref();
  return entry.pool;
}

/** Pools in use are looked at again later. */
async function forget(key: string, pool: Pool): Promise<void> {
  const entry = pools.get(key);
  if (entry && pool.totalCount > pool.idleCount) {
    entry.timer = setTimeout(() => void forget(key, pool), idleMs).unref();
    return;
  }
  pools.delete(key);
  await pool.end();
}

function newPool(values: Values, ssl: string): Pool {
  const pool = new Pool({
    host: values['host'],
    port: Number(values['port'] ?? 5432),
    database: values['database'],
    user: values['user'],
    // An empty one, else the driver looks for a password file.
    password: values['password'] ?? '',
    ssl: ssl === 'off' ? false : { rejectUnauthorized: ssl === 'verify' },
    application_name: 'wfaib',
    max: 5,
    idleTimeoutMillis: 5_000,
    connectionTimeoutMillis: 10_000,
    allowExitOnIdle: true,
  });
  // A connection that breaks while idle is replaced; without a listener it would end the process.
  pool.on('error', () => {});
  return pool;
}
