import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import { createPartition, firstIdOf, partitionedTables, weeksFrom } from '../../database/run-partitions.js';
import { Turns } from '../../database/turns.service.js';
import { FileStore } from '../file-store.service.js';
import { storeRun, storeStep, type StoredRun } from '../stored-run.test-support.js';
import { Retention } from './retention.service.js';

const dayMs = 86_400_000;
let server: TestServer;
let retention: Retention;
beforeAll(async () => {
  server = await startTestServer({
    environment: { WFAIB_RETENTION_DAYS: '20', WFAIB_RETENTION_RUNS: '5', WFAIB_DATA_DRIVER: 'disk' },
  });
  retention = server.app.get(Retention);
});
afterAll(() => server?.stop());
beforeEach(async () => {
  for (const table of [...partitionedTables, 'run_key', 'run_wait', 'workflow']) await query(`DELETE FROM ${table}`);
});

const query = (sql: string, values: unknown[] = []) => server.db.database.query(sql, values);
let serial = 0;
const idOf = (daysAgo: number) => {
  const start = firstIdOf(Date.now() - daysAgo * dayMs);
  return `${start.slice(0, 14)}7000-8000-${String(++serial).padStart(12, '0')}`;
};
const aRun = (daysAgo: number, run: Partial<StoredRun> = {}) =>
  storeRun(server.db.database, {
    projectId: server.db.projectId,
    id: idOf(daysAgo),
    createdAt: new Date(Date.now() - daysAgo * dayMs).toISOString(),
    ...run,
  });
const left = async () => (await query('SELECT id FROM run ORDER BY id')).map(({ id }) => id as string);

/** Partitions of the week of that day, as the keeper made them then. */
async function aWeek(daysAgo: number): Promise<string> {
  const [week] = weeksFrom(new Date(Date.now() - daysAgo * dayMs), 1);
  for (const table of partitionedTables) await query(createPartition(table, week!));
  return week!.suffix;
}
const isThere = async (suffix: string) =>
  (await query('SELECT 1 FROM pg_class WHERE relname = $1', [`run_${suffix}`])).length === 1;

it('drops weeks that are over, with the files of their runs, and keeps younger ones', async () => {
  const suffix = await aWeek(60);
  const [old, young] = [await aRun(60), await aRun(10)];
  await server.app.get(FileStore).put(old, { name: 'large', mimeType: 'text/plain' }, Buffer.alloc(600_000));
  await query(`UPDATE run_blob SET created_at = now() - interval '60 days'`);
  await query('INSERT INTO run_key (project_id, scope, key, run_id, input_hash) VALUES ($1, $2, $2, $3, $2)', [
    server.db.projectId,
    'k',
    old,
  ]);
  expect(await retention.round()).toEqual({ runs: 1, partitions: 1, blobs: 1, files: 0 });
  expect(await left()).toEqual([young]);
  expect(await isThere(suffix)).toBe(false);
  expect(await query('SELECT 1 FROM run_key')).toEqual([]);
  const data = join(server.dataDir, 'data');
  const files = existsSync(data) ? await readdir(data, { recursive: true }) : [];
  expect(files.filter((path) => path.includes(old) && !path.endsWith(old))).toEqual([]);
});

it('keeps a week that is over in part only', async () => {
  await aWeek(20);
  await aRun(20 + 1 / 1_440);
  const [week] = weeksFrom(new Date(Date.now() - 20 * dayMs), 1);
  const isInIt = (await left())[0]! >= week!.from;
  expect(await retention.round()).toMatchObject({ runs: isInIt ? 0 : 1, partitions: 0 });
});

it('keeps a week in which a run still goes, and removes those around it', async () => {
  const suffix = await aWeek(60);
  const [, waiting] = [await aRun(60), await aRun(60, { status: 'waiting' })];
  expect(await retention.round()).toMatchObject({ runs: 1, partitions: 0 });
  expect(await left()).toEqual([waiting]);
  expect(await isThere(suffix)).toBe(true);
  await query(`UPDATE run SET status = 'succeeded', ended_at = now()`);
  expect(await retention.round()).toMatchObject({ partitions: 1 });
});

it('keeps a run that a going retry may read, and one that a person is asked about', async () => {
  const [failed, open, asked] = [await aRun(60), await aRun(1, { status: 'running' }), await aRun(60)];
  await query('UPDATE run SET root_run_id = $1 WHERE id = $2', [failed, open]);
  await query(
    `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind) VALUES ($1::uuid, $1::uuid, 's', 'n', 1, 'compensation')`,
    [asked],
  );
  expect(await retention.round()).toMatchObject({ runs: 0 });
  expect(await left()).toHaveLength(3);
});

it('keeps the newest runs where there are too many, and those that a repeated event is to meet', async () => {
  const runs: string[] = [];
  for (let days = 9; days >= 1; days--) runs.push(await aRun(days));
  await query(`UPDATE run SET idempotency_key = 'k', created_at = now() WHERE id = $1`, [runs[0]]);
  expect(await retention.round()).toMatchObject({ runs: 3 });
  expect(await left()).toEqual([runs[0], ...runs.slice(-5)]);
});

it('lets a workflow say otherwise', async () => {
  const workflow = async (settings: object) => {
    const document = { wfaib: 1, name: 'W', nodes: [], connections: [], settings };
    return (await server.call('POST', '/api/workflows', { json: document })).body.id as string;
  };
  const suffix = await aWeek(60);
  const [long, short, few] = [
    await workflow({ retention: { days: 100 } }),
    await workflow({ retention: { days: 2 } }),
    await workflow({ retention: { runs: 1 } }),
  ];
  const kept = await aRun(60, { workflowId: long });
  await aRun(60);
  await aRun(3, { workflowId: short });
  await aRun(60, { workflowId: few });
  await aRun(2, { workflowId: few });
  const newest = [await aRun(1, { workflowId: short }), await aRun(1, { workflowId: few })];
  expect(await retention.round()).toMatchObject({ runs: 4, partitions: 0 });
  expect(await left()).toEqual([kept, ...newest]);
  expect(await isThere(suffix)).toBe(true);
});

it('removes bytes that no outcome names and files of runs that never came to be', async () => {
  const files = server.app.get(FileStore);
  const run = await aRun(1);
  const item = { json: {}, source: [] };
  await storeStep(server.db.database, run, { key: 'set', position: 0, outputs: { main: [item] } });
  const named = await files.put(run, { name: 'named', mimeType: 'text/plain' }, Buffer.alloc(600_000));
  const lost = await files.put(run, { name: 'lost', mimeType: 'text/plain' }, Buffer.alloc(600_000));
  await query('DELETE FROM run_file WHERE id = $1', [lost.id]);
  const never = await files.put(idOf(2), { name: 'small', mimeType: 'text/plain' }, Buffer.alloc(10));
  await query(`UPDATE run_file SET created_at = now() - interval '2 days' WHERE id = $1`, [never.id]);
  const begins = await files.put(idOf(0), { name: 'new', mimeType: 'text/plain' }, Buffer.alloc(600_000));
  expect(await retention.round()).toMatchObject({ blobs: 1, files: 1 });
  const rows = await query('SELECT id FROM run_file ORDER BY id');
  expect(rows.map(({ id }) => id)).toEqual([named.id, begins.id].toSorted());
  expect(await query('SELECT 1 FROM run_blob')).toHaveLength(2);
});

it('forgets the files of a run whose data is not kept', async () => {
  const run = await aRun(1);
  await server.app.get(FileStore).put(run, { name: 'large', mimeType: 'text/plain' }, Buffer.alloc(600_000));
  await query(`UPDATE run_file SET created_at = now() - interval '1 day'`);
  expect(await retention.round()).toMatchObject({ blobs: 1, files: 1 });
});

it('is done by one server at a time, and tells in metrics what it removed', async () => {
  await aRun(60);
  await server.app.get(Turns).take('retention', async () => {
    expect(await retention.round()).toBeUndefined();
  });
  expect(await left()).toHaveLength(1);
  expect(await retention.round()).toMatchObject({ runs: 1 });
  const metrics = (await server.call('GET', '/metrics')).body as string;
  expect(metrics).toMatch(/wfaib_retention_removed_total\{what="runs"\} [1-9]/);
});
