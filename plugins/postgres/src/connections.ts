import { createHash } from 'node:crypto';
import { UserError, type CallAuth } from '@wfaib/sdk';
import pg from 'pg';
import { asConnectorError } from './postgres-errors.js';

type Values = Record<string, string>;

/** Ten seconds after its last query a pool, and the password in it, is gone. */
const idleMs = 10_000;
const pools = new Map<string, { pool: pg.Pool; timer?: NodeJS.Timeout }>();

// Dates without a time zone are not instants, and bytes are no JSON: they stay as PostgreSQL writes them.
const asText = new Set<number>([pg.types.builtins.DATE, pg.types.builtins.TIMESTAMP, pg.types.builtins.BYTEA]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: string) =>
    asText.has(oid) ? (value: string) => value : pg.types.getTypeParser(oid, format as 'text'),
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
): Promise<pg.QueryResult[]> {
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

async function onClient(client: pg.PoolClient, statements: Statement[], terms: RunTerms): Promise<pg.QueryResult[]> {
  let broken: Error | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    terms.signal.addEventListener('abort', () => reject((broken = new Error('The step was cancelled.'))), {
      once: true,
    });
  });
  try {
    return await Promise.race([limited(client, statements, terms.timeoutMs), cancelled]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) broken ??= error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function limited(client: pg.PoolClient, statements: Statement[], timeoutMs: number): Promise<pg.QueryResult[]> {
  await client.query("SELECT set_config('statement_timeout', $1, false)", [String(timeoutMs)]);
  const results: pg.QueryResult[] = [];
  if (statements.length > 1) await client.query('BEGIN');
  try {
    for (const statement of statements) results.push(await client.query({ ...statement, types }));
    if (statements.length > 1) await client.query('COMMIT');
    return results;
  } catch (error) {
    if (statements.length > 1) await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** With `prefer`, a server without TLS is asked again without it. */
async function connected(values: Values): Promise<pg.PoolClient> {
  const wish = values['ssl'] ?? 'prefer';
  if (wish !== 'prefer') return poolOf(values, wish).connect();
  try {
    return await poolOf(values, 'require').connect();
  } catch (error) {
    if (!/does not support SSL/i.test((error as Error).message)) throw error;
    return poolOf(values, 'off').connect();
  }
}

function poolOf(values: Values, ssl: string): pg.Pool {
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
async function forget(key: string, pool: pg.Pool): Promise<void> {
  const entry = pools.get(key);
  if (entry && pool.totalCount > pool.idleCount) {
    entry.timer = setTimeout(() => void forget(key, pool), idleMs).unref();
    return;
  }
  pools.delete(key);
  await pool.end();
}

function newPool(values: Values, ssl: string): pg.Pool {
  const pool = new pg.Pool({
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
