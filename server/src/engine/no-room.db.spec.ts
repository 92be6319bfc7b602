import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, expect, it } from 'vitest';
import type { TestDatabase } from '../../../test/support/test-database.js';
import { smallDisk } from '../data/tmpfs.test-support.js';
import { Database } from '../database/database.service.js';
import { HealthChecks } from '../lifecycle/health-checks.service.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from './engine.test-support.js';
import { Reconciler } from './reconciler/reconciler.service.js';

let engine: TestEngine;
let db: TestDatabase;
const disk = smallDisk(16);
afterEach(async () => {
  await engine.stop();
  await db.drop();
});
afterAll(() => disk?.unmount());

const start = { id: 'start', type: 'core.manual' };

const code = (id: string, source: string) => ({
  id,
  type: 'core.code',
  parameters: { code: source, timeoutMs: 20_000 },
});

it.runIf(disk !== undefined)('a disk without room is the error of the step, and over once there is room', async () => {
  db = await createTestDatabase();
  const folder = join(disk!.folder, 'data');
  const ballast = join(disk!.folder, 'ballast');
  engine = await startEngine(db, { WFAIB_DATA_DRIVER: 'disk', WFAIB_DATA_FOLDER: folder });
  writeFileSync(ballast, Buffer.alloc(13_000_000));
  const many = code('many', "return Array.from({ length: 50000 }, (_, n) => ({ n, text: 'x'.repeat(60) }));");
  const full = await (await engine.launch(chain([start, many]))).end(60_000);
  expect(full).toMatchObject({ status: 'failed', error: { code: 'data.storeFull', nodeId: 'many' } });
  expect(full?.error?.message).toContain(`no room left in the data folder ${folder}`);
  expect(await engine.get(Database).query('SELECT 1 FROM run_blob')).toEqual([]);
  const health = await engine.get(HealthChecks).runAll();
  expect(health['data']).toMatchObject({ ok: true, degraded: true });

  const patient = { ...many, retry: { maxAttempts: 50, initialMs: 100, factor: 1 } };
  const run = await engine.launch(chain([start, patient]));
  const tries = () =>
    engine.get(Database).query('SELECT 1 FROM run_event WHERE run_id = $1 AND type = $2', [run.runId, 'step.intended']);
  await expect.poll(async () => (await tries()).length).toBeGreaterThan(1);
  rmSync(ballast);
  expect(await run.end(60_000)).toMatchObject({ status: 'succeeded' });
});

it('a database that takes no writes is said in health, and runs go on when it takes them again', async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
  const takesWrites = async (yes: boolean) => {
    const admin = new Client({ connectionString: db.url });
    await admin.connect();
    await admin.query('SET default_transaction_read_only = off');
    await admin.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = ${yes ? 'off' : 'on'}', current_database()); END $$`,
    );
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'wfaib%'",
    );
    await admin.end();
  };
  const slow = 'const end = Date.now() + 1000; while (Date.now() < end); return { done: true };';
  const run = await engine.launch(chain([start, code('slow', slow)]));
  await takesWrites(false);
  await expect.poll(() => engine.get(Database).findRefusal()).toContain('read-only');
  await takesWrites(true);
  await expect
    .poll(
      async () => {
        await engine.get(Reconciler).round();
        return (await run.end(500))?.status;
      },
      { timeout: 25_000 },
    )
    .toBe('succeeded');
  expect(await engine.get(Database).findRefusal()).toBeUndefined();
});
