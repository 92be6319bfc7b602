import { register } from 'prom-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Ownership } from './host/ownership.service.js';
import { Runner } from './runner/runner.service.js';
import { Reconciler } from './reconciler/reconciler.service.js';
import { chain, startEngine, type TestEngine } from './engine.test-support.js';

let db: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase();
  // A Temporal that is away: runs for it stay pending.
  engine = await startEngine(db, { WFAIB_ENGINE: 'temporal', TEMPORAL_ADDRESS: '127.0.0.1:9' });
});
afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

async function metric(name: string): Promise<number> {
  const line = (await register.metrics()).split('\n').find((text) => text.startsWith(name) && !text.startsWith('#'));
  return Number(line?.split(' ').at(-1) ?? 0);
}

it('tells of runs that wait for an engine, of rounds of repairs, of refused appends and of takeovers', async () => {
  expect(await metric('wfaib_oldest_pending_run_seconds')).toBe(0);
  const document = chain(
    [
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send' },
    ],
    undefined,
    { durability: 'standard' },
  );
  const { runId } = await engine.launch(document, [{}], { answersCaller: false });
  await db.database.query("UPDATE run SET created_at = created_at - interval '1 minute' WHERE id = $1", [runId]);
  expect(await metric('wfaib_oldest_pending_run_seconds')).toBeGreaterThanOrEqual(60);

  const before = await metric('wfaib_sweep_lag_seconds');
  await engine.get(Reconciler).round();
  expect(await metric('wfaib_sweep_lag_seconds')).toBeLessThan(before + 15);

  const fenced = await metric('wfaib_fenced_appends_total');
  await engine.get(Runner).advance(runId, 1, { lightInPlace: true });
  await engine.get(Ownership).beginAgain([runId], 'temporal');
  expect(await engine.get(Runner).advance(runId, 1, { lightInPlace: true })).toMatchObject({ superseded: true });
  expect(await metric('wfaib_fenced_appends_total')).toBe(fenced + 1);

  await db.database.query("UPDATE run SET host = 'process', process_id = gen_random_uuid() WHERE id = $1", [runId]);
  const takeovers = await metric('wfaib_takeovers_total{engine="process"}');
  await engine.get(Reconciler).round();
  expect(await metric('wfaib_takeovers_total{engine="process"}')).toBe(takeovers + 1);
});
