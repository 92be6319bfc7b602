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
import { RunSlots } from '../runner/run-slots.js';
import { Runner } from '../runner/runner.service.js';
import type { RunProgress } from '../runner/runner.types.js';
import { replay } from './history.test-support.js';
import { createRunActivities } from './run-activities.js';
import { StartTurns } from './start-turns.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { TemporalHost } from './temporal-host.js';
import { TemporalPresence } from './temporal-presence.js';
import { OutlivedWorkflows } from './outlived-workflows.service.js';
import { taskQueue, workflowIdOf, workflowType } from './temporal-names.js';
import { TemporalReconciler } from './temporal-reconciler.service.js';
import { UnbegunRuns } from './unbegun-runs.service.js';
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
  for (const end = Date.now() + 60_000; !(await holds());) {
    if (Date.now() > end) throw new Error('It did not come to hold within a minute.');
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

/** Nothing of the run is under way on Temporal. */
const untilIdle = (runId: string) =>
  eventually(async () => (await engine.get(TemporalHost).lookAt(runId, 1))?.kind === 'idle');

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

it('moves runs that leave the choice and were accepted before Temporal was missed; a late start does nothing', async () => {
  engine.answer = sent();
  await temporal.stop();
  await eventually(() => linkOf(engine) === undefined);
  const open = { ...waiting, settings: { ...waiting.settings, durability: 'auto' as const } };
  const kept = await engine.launch(waiting, [{ n: 1 }], notWaited);
  const moved = await engine.launch(open, [{ n: 2 }], notWaited);
  await db.database.query("UPDATE run SET created_at = created_at - interval '1 minute'");
  await engine.get(UnbegunRuns).round();
  expect(await rowOf(moved.runId)).toEqual({ epoch: 1, status: 'pending' });
  engine.get(TemporalPresence).patienceMs = 0;
  await engine.get(UnbegunRuns).round();
  const outside = handleOf(engine, db, moved.runId);
  await outside.until('step.waiting');
  expect(await rowOf(kept.runId)).toEqual({ epoch: 1, status: 'pending' });

  await temporal.start();
  await eventually(() => linkOf(engine) !== undefined);
  await engine.get(TemporalHost).start(moved.runId, 1);
  await linkOf(engine)!.client.workflow.getHandle(workflowIdOf(moved.runId, 1)).result();
  await outside.resume([{ n: 5 }]);
  expect(await moved.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 5 } }] } });
  await handleOf(engine, db, kept.runId).resume([{ n: 6 }]);
  expect(await kept.end(20_000)).toMatchObject({ status: 'succeeded' });
  const rows = await db.database.query<{ host: string }>('SELECT host FROM run ORDER BY id');
  expect(rows.map(({ host }) => host)).toEqual(['temporal', 'queue']);
  expect(engine.calls).toHaveLength(2);
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
  // While it still answers its workflow that it waits, that would hear of it.
  await untilIdle(runId);
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

  /** A run whose step is answered for as of event `seq` the first time, without being done, and then looked after. */
  const launchAnswered = async (seq: number) => {
    const runner = engine.get(Runner);
    const execute = runner.executeStep.bind(runner);
    let asked = 0;
    runner.executeStep = (...task) => {
      asked += 1;
      return asked === 1 ? Promise.resolve({ seq, commands: [], ended: false, superseded: false }) : execute(...task);
    };
    const run = await launchWaiting();
    await run.outside.resume([{ n: 2 }]);
    await eventually(() => asked === 1);
    // While its workflow still takes in the answer, a round would leave it alone.
    await untilIdle(run.runId);
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
    expect(await rowOf(run.runId)).toMatchObject({ epoch: 1 });
    return { runId: run.runId, asked };
  };

  it('is handed a step again whose activity came to an end without it', async () => {
    // An answer of before the step was there.
    const { runId, asked } = await launchAnswered(1);
    expect(asked).toBe(2);
    await replay(engine, 'handed-out-again', runId);
  });

  it('is handed a step again that the journal has forgotten, since it was set back to a copy of itself', async () => {
    // The step was done, and what says so is gone.
    const { runId, asked } = await launchAnswered(1_000);
    expect(asked).toBe(2);
    await replay(engine, 'journal-set-back', runId);
  });

  it('begins where the journal has forgotten that it did, since it was set back to a copy of itself', async () => {
    const host = engine.get(TemporalHost);
    engine.answer = sent();
    host.isHeld = true;
    const run = await engine.launch(waiting, [{ n: 1 }], { answersCaller: false });
    await db.database.query('CREATE TABLE copy_of_run AS SELECT * FROM run');
    await db.database.query('CREATE TABLE copy_of_event AS SELECT * FROM run_event');
    host.isHeld = false;
    await host.start(run.runId, 1);
    const outside = handleOf(engine, db, run.runId);
    await outside.until('step.waiting');
    await untilIdle(run.runId);
    await db.database.query('DELETE FROM run');
    await db.database.query('INSERT INTO run SELECT * FROM copy_of_run');
    await db.database.query('DELETE FROM run_event');
    await db.database.query('INSERT INTO run_event SELECT * FROM copy_of_event');
    await db.database.query('DELETE FROM run_step');
    await db.database.query('DELETE FROM run_wait');
    await passAMinute();
    expect(await rowOf(run.runId)).toMatchObject({ status: 'pending' });
    await engine.get(TemporalReconciler).round();
    await outside.until('step.waiting');
    await outside.resume([{ n: 2 }]);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
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

describe('a run whose workflow task fails whoever gets it', () => {
  /** In the place of its workflow is one that no worker has the code of. */
  const launchFailing = async () => {
    const run = await launchWaiting();
    const { client } = linkOf(engine)!;
    const workflowId = workflowIdOf(run.runId, 1);
    await client.workflow.getHandle(workflowId).terminate('by hand');
    // A worker that failed the first try keeps the second to itself until its time is over.
    await client.workflow.start('nobodyHasIt', { workflowId, taskQueue, workflowTaskTimeout: '1 second' });
    return run;
  };

  it('is seen and paused although signals have Temporal count anew, and goes on when somebody says so', async () => {
    const run = await launchFailing();
    const host = engine.get(TemporalHost);
    await eventually(async () => {
      await host.wake(run.runId, 1);
      await new Promise((resolve) => setTimeout(resolve, 400));
      return (await host.lookAt(run.runId, 1))?.kind === 'failing';
    });
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    expect(await rowOf(run.runId)).toEqual({ epoch: 2, status: 'paused' });
    expect(await host.lookAt(run.runId, 1)).toEqual({ kind: 'gone' });
    await run.outside.unpause();
    await run.outside.resume([{ n: 4 }]);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 4 } }] } });
  });
});

describe('a Temporal workflow that outlived its run', () => {
  /** As one that no worker can go on with: no worker looks at its queue. */
  const standing = async (workflowId: string) => {
    const { workflow } = linkOf(engine)!.client;
    const args = [{ runId: '', epoch: 1 }];
    const handle = await workflow.start(workflowType, { workflowId, taskQueue: 'nobody', args });
    await eventually(async () => (await workflow.count(`WorkflowId = '${workflowId}'`)).count === 1);
    return async () => (await handle.describe()).status.name;
  };

  it('is ended once it had its time to end by itself', async () => {
    engine.answer = sent();
    const run = await engine.launch(waiting, [{ n: 1 }], { answersCaller: false });
    await handleOf(engine, db, run.runId).until('step.waiting');
    const ofTheRun = await standing(workflowIdOf(run.runId, 0));
    const stranger = await standing(workflowIdOf('01a228d6-4dc9-772a-8ed0-564bb81d2135', 1));
    await engine.get(OutlivedWorkflows).round();
    expect(await ofTheRun()).toBe('RUNNING');
    await engine.get(OutlivedWorkflows).round();
    expect([await ofTheRun(), await stranger()]).toEqual(['TERMINATED', 'RUNNING']);

    const needed = linkOf(engine)!.client.workflow.getHandle(workflowIdOf(run.runId, 1));
    const needs = async () => (await needed.describe()).status.name;
    expect(await needs()).toBe('RUNNING');
    const ahead = await standing(workflowIdOf(run.runId, 2));
    await handleOf(engine, db, run.runId).resume([{ n: 5 }]);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
    await eventually(async () => (await needs()) === 'COMPLETED');
    await engine.get(OutlivedWorkflows).round();
    await engine.get(OutlivedWorkflows).round();
    expect(await ahead()).toBe('TERMINATED');
  });
});

describe('a run whose Temporal workflow another version wrote', () => {
  const seeForeign = async (runId: string) => {
    const host = engine.get(TemporalHost);
    const lookAt = host.lookAt.bind(host);
    host.lookAt = () => Promise.resolve({ kind: 'foreign' });
    await passAMinute();
    await engine.get(TemporalReconciler).round();
    host.lookAt = lookAt;
    return rowOf(runId);
  };

  it('begins anew, and nothing is left of the old workflow', async () => {
    const run = await launchWaiting();
    expect(await seeForeign(run.runId)).toMatchObject({ epoch: 2, status: 'waiting' });
    expect(await engine.get(TemporalHost).lookAt(run.runId, 1)).toEqual({ kind: 'gone' });
    await run.outside.resume([{ n: 8 }]);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 8 } }] } });
  });

  it('is paused where beginning anew does not help three times in a row', async () => {
    const run = await launchWaiting();
    for (const epoch of [2, 3, 4]) expect(await seeForeign(run.runId)).toMatchObject({ epoch });
    expect(await seeForeign(run.runId)).toMatchObject({ status: 'paused' });
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
    const tools = {
      runner: engine.get(Runner),
      pause: engine.get(RunPause),
      slots: engine.get(RunSlots),
      turns: engine.get(StartTurns),
    };
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
