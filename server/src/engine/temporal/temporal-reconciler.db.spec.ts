import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/temporal.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { sent, value } from '../conformance/conformance-case.test-support.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { HealthChecks } from '../../lifecycle/health-checks.service.js';
import { Reconciler } from '../reconciler/reconciler.service.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { workflowIdOf } from './temporal-names.js';
import { TemporalReconciler } from './temporal-reconciler.service.js';

let db: TestDatabase;
let temporal: TestTemporal;
let engine: TestEngine;
beforeAll(async () => {
  temporal = await startTestTemporal();
});
afterAll(() => temporal?.drop());
beforeEach(async () => {
  db = await createTestDatabase({ poolSize: 4 });
  engine = await startEngine(db, temporal.env);
  await eventually(() => linkOf(engine) !== undefined);
});
afterEach(async () => {
  await engine?.stop();
  await db?.drop();
});

const linkOf = (server: TestEngine) => server.get(TemporalConnection).link;

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 25_000; !(await holds());) {
    if (Date.now() > end) throw new Error('It did not come to hold within 25 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Start, wait for a call, send. */
const waiting = chain(
  [
    { id: 'start', type: 'core.manual' },
    { id: 'wait', type: 'core.wait', parameters: { webhook: true } },
    { id: 'send', type: 'test.send', parameters: value },
  ],
  undefined,
  { durability: 'standard' },
);

async function launchWaiting() {
  engine.answer = sent();
  const run = await engine.launch(waiting, [{ n: 1 }], { answersCaller: false });
  const outside = handleOf(engine, db, run.runId);
  await outside.until('step.waiting');
  return { ...run, outside };
}

/** As if everything had happened a minute before. */
async function passAMinute(): Promise<void> {
  await db.database.query("UPDATE run_event SET at = at - interval '1 minute'");
  await db.database.query("UPDATE run_inbox SET created_at = created_at - interval '1 minute'");
}

async function rowOf(runId: string): Promise<{ epoch: number; status: string }> {
  const [row] = await db.database.query<{ epoch: number; status: string }>(
    'SELECT epoch, status FROM run WHERE id = $1',
    [runId],
  );
  return row!;
}

async function heldDetail(): Promise<string | undefined> {
  const checks = await engine.get(HealthChecks).runAll();
  return checks['held runs']?.detail;
}

it('goes on under a new epoch with a run whose Temporal workflow somebody ended by hand', async () => {
  const run = await launchWaiting();
  await linkOf(engine)!.client.workflow.getHandle(workflowIdOf(run.runId, 1)).terminate('by hand');
  await engine.get(TemporalReconciler).round();
  expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
  await passAMinute();
  await engine.get(TemporalReconciler).round();
  expect(await rowOf(run.runId)).toMatchObject({ epoch: 2 });
  await run.outside.resume([{ n: 5 }]);
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 5 } }] } });
});

it('goes on at once when there is news for a run whose Temporal workflow has ended', async () => {
  const run = await launchWaiting();
  await linkOf(engine)!.client.workflow.getHandle(workflowIdOf(run.runId, 1)).terminate('by hand');
  await run.outside.resume([{ n: 6 }]);
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 6 } }] } });
  expect(await rowOf(run.runId)).toMatchObject({ epoch: 2 });
});

it('keeps what comes while Temporal is away: new runs are pending, calls wait, and all goes on when it is back', async () => {
  const run = await launchWaiting();
  await temporal.stop();
  await eventually(() => linkOf(engine) === undefined);
  const later = await engine.launch(waiting, [{ n: 2 }], { answersCaller: false });
  await run.outside.resume([{ n: 7 }]);
  await handleOf(engine, db, later.runId).resume([{ n: 8 }]);
  expect(await rowOf(later.runId)).toEqual({ epoch: 1, status: 'pending' });
  await temporal.start();
  await eventually(() => linkOf(engine) !== undefined);
  expect(await later.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 8 } }] } });
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 7 } }] } });
  expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
});

it('tells a run of a call that nobody told it of', async () => {
  const run = await launchWaiting();
  const body = JSON.stringify({ items: [{ json: { n: 4 } }] });
  const insert = 'INSERT INTO run_inbox (id, run_id, kind, body, dedupe) VALUES (gen_random_uuid(), $1, $2, $3, $2)';
  await db.database.query(insert, [run.runId, 'resume', body]);
  await passAMinute();
  await engine.get(Reconciler).round();
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 4 } }] } });
});

it('holds the open runs when Temporal is another one, until a person has agreed', async () => {
  const run = await launchWaiting();
  await temporal.stop();
  await eventually(() => linkOf(engine) === undefined);
  await temporal.start({ anew: true });
  await eventually(async () => (await heldDetail()) !== undefined);
  await passAMinute();
  await engine.get(TemporalReconciler).round();
  expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
  await engine.stop();

  engine = await startEngine(db, { ...temporal.env, WFAIB_TEMPORAL_RESET: 'accept' });
  await eventually(async () => (await rowOf(run.runId)).epoch === 2);
  expect(await heldDetail()).toBeUndefined();
  await handleOf(engine, db, run.runId).resume([{ n: 9 }]);
  await eventually(async () => (await rowOf(run.runId)).status === 'succeeded');
});
