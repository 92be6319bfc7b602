import { asyncLocalStorage, type Context } from '@temporalio/activity';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/temporal.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { failsForTwo, sent, value } from '../conformance/conformance-case.test-support.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { HealthChecks } from '../../lifecycle/health-checks.service.js';
import { Reconciler } from '../reconciler/reconciler.service.js';
import { RunPause } from '../reconciler/run-pause.service.js';
import { RunAccess } from '../runner/run-access.js';
import { Runner } from '../runner/runner.service.js';
import type { RunProgress } from '../runner/runner.types.js';
import { replay } from './history.test-support.js';
import { createRunActivities } from './run-activities.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { TemporalHost } from './temporal-host.js';
import { TemporalPresence } from './temporal-presence.js';
import { workflowIdOf } from './temporal-names.js';
import { TemporalReconciler } from './temporal-reconciler.service.js';
import type { Progress, RunActivities } from './workflows/run-activities.types.js';

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
  await eventually(hasMet);
});
afterEach(async () => {
  await engine?.stop();
  await db?.drop();
});

const linkOf = (server: TestEngine) => server.get(TemporalConnection).link;

/** What a server does with the open runs when it meets Temporal comes right after this, and before any run of a spec. */
async function hasMet(): Promise<boolean> {
  return (await db.database.query("SELECT 1 FROM engine_fact WHERE name = 'temporal.namespace'")).length > 0;
}

async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 25_000; !(await holds());) {
    if (Date.now() > end) throw new Error('It did not come to hold within 25 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const start = { id: 'start', type: 'core.manual' };
const notWaited = { answersCaller: false };

/** Start, wait for a call, send. */
const waiting = chain(
  [
    start,
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

it('keeps what comes while Temporal is away, calls and decisions too; runs that leave the choice go to the queue', async () => {
  engine.get(TemporalPresence).patienceMs = 0;
  const ask = { id: 'ask', type: 'core.approval', parameters: { title: 'Pay?' } };
  const called = await launchWaiting();
  const asked = await engine.launch(chain([start, ask], undefined, waiting.settings), [{ n: 1 }], notWaited);
  await handleOf(engine, db, asked.runId).until('step.waiting');
  await temporal.stop();
  await eventually(() => linkOf(engine) === undefined);

  const kept = await engine.launch(waiting, [{ n: 2 }], notWaited);
  const open = { ...waiting, settings: { ...waiting.settings, durability: 'auto' as const } };
  const queued = await engine.launch(open, [{ n: 3 }], notWaited);
  await handleOf(engine, db, queued.runId).until('step.waiting');
  engine.answer = failsForTwo({ status: 503, retryable: true }, 1)();
  const send = { id: 'send', type: 'test.send', parameters: value, retry: { maxAttempts: 2, initialMs: 3_000 } };
  const outgrown = await engine.launch(chain([start, send]), [{ n: 2 }]);
  await called.outside.resume([{ n: 7 }]);
  await handleOf(engine, db, kept.runId).resume([{ n: 8 }]);
  await handleOf(engine, db, queued.runId).resume([{ n: 9 }]);
  await handleOf(engine, db, asked.runId).decide('ask', 'approved', 'ana@example.test');
  expect(await queued.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 9 } }] } });
  expect(await rowOf(kept.runId)).toEqual({ epoch: 1, status: 'pending' });
  expect(await rowOf(asked.runId)).toEqual({ epoch: 1, status: 'waiting' });

  await temporal.start();
  for (const run of [called, asked, kept, outgrown]) expect((await run.end(20_000))?.status).toBe('succeeded');
  const rows = await db.database.query<{ host: string; epoch: number }>('SELECT host, epoch FROM run ORDER BY id');
  expect(rows.map(({ host }) => host)).toEqual(['temporal', 'temporal', 'temporal', 'queue', 'queue']);
  expect(rows.slice(0, 3).map(({ epoch }) => epoch)).toEqual([1, 1, 1]);
  // One more for the try that failed: nothing was done twice.
  expect(engine.calls).toHaveLength(5);
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

/** What happens where Temporal does not hear of it: a worker that it gave up takes something in. */
const outside = { lightInPlace: true };

async function takeInUnheard(runId: string): Promise<RunProgress> {
  const insert = 'INSERT INTO run_inbox (id, run_id, kind, body) VALUES (gen_random_uuid(), $1, $2, $3)';
  await db.database.query(insert, [runId, 'resume', JSON.stringify({ items: [{ json: { n: 3 } }] })]);
  await engine.get(RunAccess).use(runId, 1, (_, slot) => Promise.resolve(void (slot.hasNews = true)));
  return engine.get(Runner).advance(runId, 1, outside);
}

describe('a run that stands still although Temporal has it', () => {
  it('is told of a step that nobody was told of', async () => {
    const run = await launchWaiting();
    await takeInUnheard(run.runId);
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 3 } }] } });
    expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
  });

  it('begins again where a step counts as begun and nobody is at it', async () => {
    const run = await launchWaiting();
    const { commands } = await takeInUnheard(run.runId);
    const { step, attempt } = commands.find((command) => command.kind === 'step')!;
    const { signal } = new AbortController();
    await engine.get(Runner).executeStep(run.runId, 1, step, attempt, { ...outside, signal, mayTouch: () => false });
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    expect(await rowOf(run.runId)).toMatchObject({ epoch: 1, status: 'running' });
    await eventually(async () => {
      await engine.get(TemporalReconciler).round();
      return (await rowOf(run.runId)).epoch === 2;
    });
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
    expect(await rowOf(run.runId)).toMatchObject({ epoch: 2 });
    expect(engine.calls).toHaveLength(1);
    // The workflow that stood still is told as well.
    await eventually(async () => (await engine.get(TemporalHost).lookAt(run.runId, 1))?.kind === 'gone');
  });

  it('is handed a step again whose activity came to an end without it', async () => {
    const runner = engine.get(Runner);
    const execute = runner.executeStep.bind(runner);
    let asked = 0;
    runner.executeStep = (...task) => {
      asked += 1;
      // An answer of before the step was there.
      if (asked === 1) return Promise.resolve({ seq: 1, commands: [], ended: false, superseded: false });
      return execute(...task);
    };
    const run = await launchWaiting();
    await run.outside.resume([{ n: 2 }]);
    await eventually(() => asked === 1);
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
    expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
    expect(asked).toBe(2);
    await replay(engine, 'handed-out-again', run.runId);
  });

  it('is paused where Temporal hands it out in vain again and again, and goes on when somebody says so', async () => {
    const run = await launchWaiting();
    const host = engine.get(TemporalHost);
    const lookAt = host.lookAt.bind(host);
    host.lookAt = () => Promise.resolve({ kind: 'failing', attempts: 6 });
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    host.lookAt = lookAt;
    expect(await rowOf(run.runId)).toMatchObject({ status: 'paused' });
    await run.outside.unpause();
    await run.outside.resume([{ n: 1 }]);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
  });
});

describe('a step that takes its workers with it', () => {
  /** What a worker is handed when so many before it were never heard of again. */
  function attemptAfter(deaths: number, work: (activities: RunActivities) => Promise<Progress>): Promise<Progress> {
    const context = {
      info: { attempt: deaths + 1 },
      heartbeat: () => undefined,
      cancellationSignal: new AbortController().signal,
    };
    const tools = { runner: engine.get(Runner), pause: engine.get(RunPause), hearNews: () => undefined };
    return asyncLocalStorage.run(context as unknown as Context, () => work(createRunActivities(tools)));
  }

  it('pauses its run after the fourth, with a reason; the run goes on when somebody says so', async () => {
    const run = await launchWaiting();
    const { commands } = await takeInUnheard(run.runId);
    const { step, attempt } = commands.find((command) => command.kind === 'step')!;
    const carried = { runId: run.runId, epoch: 1, isStrict: false };
    const progress = await attemptAfter(4, (on) => on.executeConnector(carried, step, attempt));
    expect(progress).toMatchObject({ superseded: true });
    expect(engine.calls).toEqual([]);
    expect(await rowOf(run.runId)).toMatchObject({ status: 'paused' });
    const [event] = await db.database.query<{ data: string }>(
      "SELECT data FROM run_event WHERE run_id = $1 AND type = 'run.paused'",
      [run.runId],
    );
    expect(JSON.parse(event!.data)).toMatchObject({ reason: expect.stringContaining('the step "send"') as string });
    await run.outside.unpause();
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 3 } }] } });
  });

  it('is not what a step is whose workers told of the end of their try', async () => {
    const runner = engine.get(Runner);
    const execute = runner.executeStep.bind(runner);
    let failures = 4;
    runner.executeStep = (...task) =>
      failures-- > 0 ? Promise.reject(new Error('The database was away.')) : execute(...task);
    const run = await launchWaiting();
    await run.outside.resume([{ n: 2 }]);
    expect(await run.end(25_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
    expect(failures).toBe(-1);
  });
});
