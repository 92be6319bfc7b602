import type { JsonObject } from '@wfaib/sdk/items';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import type { ConnectorOutcome, ResolvedCredential } from './connector-call.types.js';
import { aCall, startHost } from './connector-host.test-support.js';

let db: TestDatabase;
let credential: ResolvedCredential;
const { host } = startHost('127.0.0.0/8, ::1');
const guarded = startHost();

beforeAll(async () => {
  db = await createTestDatabase();
  const url = new URL(db.url);
  const values = {
    host: url.hostname,
    port: url.port,
    database: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
  credential = { id: 'c', kind: 'postgres.connection', values, secrets: ['password'] };
  await db.dataSource.query(
    `CREATE TABLE "Odd ""table" (id int PRIMARY KEY, name text, data jsonb, at date, big bigint, "Odd col" text)`,
  );
});
afterAll(async () => {
  await Promise.all([host.onApplicationShutdown(), guarded.host.onApplicationShutdown()]);
  await db.drop();
});

const call = (action: string, input: JsonObject, auth = credential): Promise<ConnectorOutcome> =>
  host.call(aCall({ connectorId: 'postgres', action, input, credentials: { auth } }));

async function rows(action: string, input: JsonObject): Promise<JsonObject[]> {
  const outcome = await call(action, input);
  if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
  return outcome.items.map(({ json }) => json);
}

it('lists the tables of a schema whose names hold what was typed', async () => {
  const request = { connectorId: 'postgres', loader: 'tables', input: {}, search: 'odd', credential };
  const terms = { timeoutMs: 10_000, signal: new AbortController().signal };
  expect(await host.loadOptions(request, terms)).toEqual({
    ok: true,
    choices: [{ value: 'Odd "table', label: 'Odd "table' }],
  });
});

describe('a query', () => {
  it('binds its parameters and makes an item of each row', async () => {
    const sql = 'SELECT $1::text AS a, n FROM unnest($2::int[]) AS n';
    const parameters = ["'; DROP TABLE project; --", [1, 2]];
    expect(await rows('query', { sql, parameters })).toEqual([1, 2].map((n) => ({ a: parameters[0], n })));
  });

  it('gives no item for no row, and the count of a change', async () => {
    expect(await rows('query', { sql: 'SELECT 1 WHERE false' })).toEqual([]);
    expect(await rows('query', { sql: 'UPDATE project SET name = name' })).toEqual([{ rowCount: 1 }]);
  });

  it('keeps dates without a zone as they are written', async () => {
    const sql = `SELECT '2024-02-03'::date AS d, '2024-02-03 04:05:06'::timestamp AS t, '2024-02-03T04:05:06Z'::timestamptz AS z`;
    expect(await rows('query', { sql })).toEqual([
      { d: '2024-02-03', t: '2024-02-03 04:05:06', z: '2024-02-03T04:05:06.000Z' },
    ]);
  });

  it('says what PostgreSQL said, and whether another try can help', async () => {
    expect(await call('query', { sql: 'SELEC 1' })).toMatchObject({
      ok: false,
      error: { code: 'postgres.42601', retryable: false, message: expect.stringContaining('SELEC') },
    });
    expect(await call('query', { sql: 'SELECT pg_sleep(5)', timeoutMs: 50 })).toMatchObject({
      ok: false,
      error: { code: 'postgres.57014' },
    });
  });
});

describe('insert and update', () => {
  const table = 'Odd "table';

  it('quotes names, keeps objects as JSON and returns the rows', async () => {
    const row = { id: 1, name: "Rob'); --", data: { list: [1, null] }, 'Odd col': 'x' };
    expect(await rows('insert', { table, rows: row })).toMatchObject([row]);
  });

  it('inserts many rows in one transaction', async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({ id: 100 + index, name: `n${index}` }));
    expect(await rows('insert', { table, rows: many, returning: false })).toEqual([{ rowCount: 2_500 }]);
    const halfBad = [...Array.from({ length: 1_500 }, (_, index) => ({ id: 5_000 + index })), { id: 5_000 }];
    expect(await call('insert', { table, rows: halfBad })).toMatchObject({
      ok: false,
      error: { code: 'postgres.23505' },
    });
    expect(await rows('query', { sql: 'SELECT count(*)::int AS n FROM "Odd ""table" WHERE id >= 5000' })).toEqual([
      { n: 0 },
    ]);
  });

  it('skips or updates rows that exist', async () => {
    const skip = { table, rows: { id: 1, name: 'again' }, onConflict: 'skip' };
    expect(await rows('insert', skip)).toEqual([]);
    const update = { ...skip, onConflict: 'update', conflictColumns: ['id'] };
    expect(await rows('insert', update)).toMatchObject([{ id: 1, name: 'again' }]);
  });

  it('changes only the rows that match', async () => {
    const changed = await rows('update', { table, where: { id: 1, at: null }, values: { name: 'changed', data: [1] } });
    expect(changed).toMatchObject([{ id: 1, name: 'changed', data: [1] }]);
    expect(await call('update', { table, where: {}, values: { name: 'all' } })).toMatchObject({
      ok: false,
      error: { code: 'connector.userError' },
    });
  });
});

describe('the connection', () => {
  const terms = { timeoutMs: 10_000, signal: new AbortController().signal };

  it('can be tested, and its password is never shown', async () => {
    expect(await host.testCredential('postgres', credential, terms)).toBeUndefined();
    const none = { ...credential, values: { ...credential.values, database: 'does-not-exist' } };
    expect(await host.testCredential('postgres', none, terms)).toMatchObject({ code: 'postgres.3D000' });
  });

  it('is closed to private networks unless they are opened', async () => {
    const auth = credential;
    for (const name of ['127.0.0.1', 'localhost']) {
      const there = { ...auth, values: { ...auth.values, host: name } };
      const outcome = await guarded.host.call(
        aCall({ connectorId: 'postgres', action: 'query', input: { sql: 'SELECT 1' }, credentials: { auth: there } }),
      );
      expect(outcome).toMatchObject({ ok: false, error: { code: 'egress.blocked', retryable: false } });
    }
  });

  it('ends with a cancelled step', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const input = { sql: 'SELECT pg_sleep(20)' };
    const outcome = await host.call(
      aCall({
        connectorId: 'postgres',
        action: 'query',
        input,
        credentials: { auth: credential },
        signal: controller.signal,
      }),
    );
    expect(outcome).toMatchObject({ ok: false, error: { code: 'connector.cancelled' } });
    expect(await rows('query', { sql: 'SELECT 1 AS one' })).toEqual([{ one: 1 }]);
  });
});
