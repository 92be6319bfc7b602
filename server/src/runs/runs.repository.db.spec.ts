import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import type { Database } from '../database/database.service.js';
import type { RunFilter } from './run-page-query.js';
import type { RunStarter, RunStatus } from './run.types.js';
import { RunsRepository } from './runs.repository.js';
import { storeRun } from './stored-run.test-support.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

const explain = (answers: unknown[]) =>
  new RunsRepository({
    query: async (sql: string, values: unknown[]) => {
      answers.push(await db.database.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values));
      return [];
    },
  } as unknown as Database);

/** What PostgreSQL read and threw away for a question, in rows. */
async function rowsInVain(ask: (runs: RunsRepository) => Promise<unknown>): Promise<number> {
  return (await nodesOf(ask)).reduce((sum, node) => sum + (node['Rows Removed by Filter'] ?? 0), 0);
}

/** What PostgreSQL read out of tables and indexes for a question, in rows. */
async function rowsRead(ask: (runs: RunsRepository) => Promise<unknown>): Promise<number> {
  const reading = (await nodesOf(ask)).filter((node) => node['Node Type'].includes('Scan') && node['Relation Name']);
  return reading.reduce((sum, node) => sum + node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0), 0);
}

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

async function nodesOf(ask: (runs: RunsRepository) => Promise<unknown>): Promise<PlanNode[]> {
  const answers: [{ 'QUERY PLAN': [{ Plan: PlanNode }] }][] = [];
  await ask(explain(answers));
  const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return answers.flatMap(([answer]) => flat(answer['QUERY PLAN'][0].Plan));
}

const runs = (): RunsRepository => new RunsRepository(db.database);
const orders = '0190aaaa-0000-7000-8000-000000000001';
const idOfNth = (n: number): string => `0190aaaa-0000-7000-8000-${(0xa00000000000 + n).toString(16)}`;

/** 5,000 that went well, of them the 100 oldest of another workflow. */
beforeAll(async () => {
  const { database, projectId } = db;
  const model = await storeRun(database, { projectId, id: idOfNth(0), workflowId: orders, workflowName: 'Orders' });
  const columns = await database.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'run' AND column_name <> 'id'`,
  );
  const names = columns.map(({ name }) => name).join(', ');
  await database.query(
    `INSERT INTO run (id, ${names}) SELECT (left($1::text, 24) || to_hex(x'a00000000000'::bigint + n))::uuid, ${names}
     FROM run, generate_series(1, 4999) n WHERE id = $1::uuid`,
    [model],
  );
  await database.query(`UPDATE run SET workflow_id = NULL, workflow_name = 'Bills' WHERE id < $1`, [idOfNth(100)]);
  await database.query('VACUUM ANALYZE run');
});

it('finds the runs that failed without reading those that went well', async () => {
  await storeRun(db.database, { projectId: db.projectId, id: idOfNth(5_000), status: 'failed' });
  const ofStatus = (...statuses: RunStatus[]) => rowsInVain((runs) => runs.findPage(db.projectId, { statuses }, 50));
  expect(await ofStatus('failed')).toBe(0);
  expect(await ofStatus('failed', 'paused')).toBe(0);
  await db.database.query(`DELETE FROM run WHERE status = 'failed'`);
});

it('finds the runs that one thing started without reading those of others', async () => {
  for (const [n, startedBy] of [
    [5_000, 'schedule'],
    [5_001, 'manual'],
    [5_002, 'retry'],
  ] as const)
    await storeRun(db.database, { projectId: db.projectId, id: idOfNth(n), startedBy });
  const found = async (filter: RunFilter) =>
    (await runs().findPage(db.projectId, filter, 50)).records.map(({ id }) => id);
  expect(await found({ startedBy: ['schedule'] })).toEqual([idOfNth(5_000)]);
  expect(await found({ startedBy: ['retry', 'schedule'] })).toEqual([idOfNth(5_002), idOfNth(5_000)]);
  expect(await found({ startedBy: ['retry'], statuses: ['failed'] })).toEqual([]);
  expect(await found({ startedBy: ['retry'], workflowId: orders })).toEqual([]);
  const ofStarter = (...startedBy: RunStarter[]) =>
    rowsInVain((runs) => runs.findPage(db.projectId, { startedBy }, 50));
  expect(await ofStarter('schedule')).toBe(0);
  expect(await ofStarter('retry', 'error')).toBe(0);
  await db.database.query(`DELETE FROM run WHERE id >= $1`, [idOfNth(5_000)]);
});

describe('a search', () => {
  const most = 1_000;
  const search = (filter: RunFilter, limit = 50) => runs().findPage(db.projectId, filter, limit, most);

  it.each<[string, RunFilter]>([
    ['a name', { q: 'nothing-of-that-name' }],
    ['a mode', { mode: 'test' }],
    ['a version', { version: 7 }],
    ['a starter among the runs of a workflow', { startedBy: ['call'], workflowId: orders }],
    ['a version among the runs of a starter', { startedBy: ['webhook'], version: 7 }],
    ['a name among the runs of a workflow', { q: 'nothing-of-that-name', workflowId: orders }],
    ['what succeeded or failed, of a name', { q: 'nothing-of-that-name', statuses: ['succeeded', 'failed'] }],
  ])('in vain for %s reads no more runs than a page looks at, and says how far it came', async (_, filter) => {
    expect(await rowsRead((runs) => runs.findPage(db.projectId, filter, 50, most))).toBeLessThanOrEqual(most);
    const { records, lookedTo } = await search(filter);
    expect(records).toEqual([]);
    expect(lookedTo).toEqual({ id: idOfNth(5_000 - most), createdAt: expect.any(Date) });
  });

  it('finds what lies far back page by page, each run once', async () => {
    const found: string[] = [];
    let pages = 0;
    for (let before: string | undefined = 'ffffffff-ffff-7fff-8fff-ffffffffffff'; before; pages++) {
      const { records, lookedTo } = await search({ q: 'bills', before }, 40);
      found.push(...records.map(({ id }) => id));
      before = lookedTo?.id ?? (records.length === 40 ? records.at(-1)!.id : undefined);
    }
    expect(found).toEqual(Array.from({ length: 100 }, (_, n) => idOfNth(99 - n)));
    expect(pages).toBe(7);
  });

  it('that fills its page at the last run it looks at goes on from there', async () => {
    const { records, lookedTo } = await search({ q: 'orders' }, most);
    expect([records.length, lookedTo]).toEqual([most, undefined]);
    expect((await search({ q: 'orders', before: records.at(-1)!.id }, 1)).records[0]!.id).toBe(idOfNth(3_999));
  });

  it('for an id reads one run, however old', async () => {
    const ask = { q: idOfNth(3).toUpperCase() };
    expect((await search(ask)).records.map(({ id }) => id)).toEqual([idOfNth(3)]);
    expect(await rowsRead((runs) => runs.findPage(db.projectId, ask, 50))).toBe(1);
  });

  it('for the end of an id finds the run', async () => {
    expect((await search({ q: idOfNth(4_990).slice(-8) })).records.map(({ id }) => id)).toEqual([idOfNth(4_990)]);
  });

  it('within a time long ago reads no newer runs', async () => {
    const to = new Date('2024-01-01T00:00:00Z');
    expect(await rowsRead((runs) => runs.findPage(db.projectId, { to }, 50))).toBe(0);
  });
});
