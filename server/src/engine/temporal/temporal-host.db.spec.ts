import { randomUUID } from 'node:crypto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/temporal.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { neverEnds, sent, takes, value } from '../conformance/conformance-case.test-support.js';
import { SandboxService } from '../../sandbox/sandbox.service.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { RunPause } from '../reconciler/run-pause.service.js';
import { TemporalConnection } from './temporal-connection.service.js';
import { historyOf, replay } from './history.test-support.js';

let db: TestDatabase;
let temporal: TestTemporal;
/** A server that takes calls and one that works, as on two machines. */
let api: TestEngine;
let worker: TestEngine;
beforeAll(async () => {
  [db, temporal] = await Promise.all([createTestDatabase({ poolSize: 4 }), startTestTemporal()]);
  api = await startEngine(db, { ...temporal.env, WFAIB_ROLE: 'api' });
  worker = await startEngine(db, { ...temporal.env, WFAIB_ROLE: 'worker' });
});
afterAll(async () => {
  await Promise.all([api?.stop(), worker?.stop()]);
  await temporal?.drop();
  await db?.drop();
});

const start = { id: 'start', type: 'core.manual' };
const standard = { durability: 'standard' };
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

const launch = (document: ReturnType<typeof chain>, items = numbers(1)) =>
  api.launch(document, items, { answersCaller: false });

it('has no more than fifty steps of a run at work at once, and loses none of three hundred', async () => {
  let atWork = 0;
  let most = 0;
  worker.calls.length = 0;
  worker.answer = async (call) => {
    most = Math.max(most, ++atWork);
    const outcome = await takes(30)()(call);
    atWork -= 1;
    return outcome;
  };
  const sends = numbers(300).map(({ n }) => ({ id: `send${n}`, type: 'test.send', parameters: { value: n } }));
  const wide = chain(
    [start, ...sends],
    sends.map(({ id }) => `start>${id}`),
    standard,
  );
  const run = await launch(wide);
  expect(await run.end(60_000)).toMatchObject({ status: 'succeeded' });
  expect(new Set(worker.calls.map(({ key }) => key)).size).toBe(300);
  expect(worker.calls).toHaveLength(300);
  expect(most).toBeLessThanOrEqual(50);
  await replay(worker, 'wide', run.runId);
}, 90_000);

it('rolls a long history over and goes on with the loop, each step once', async () => {
  const rounds = Number(process.env['WFAIB_TEST_ROUNDS'] ?? 200);
  worker.calls.length = 0;
  worker.answer = sent();
  const loop = chain(
    [
      start,
      { id: 'loop', type: 'core.loop' },
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'end', type: 'core.aggregate', parameters: { field: 'sent' } },
    ],
    ['start>loop', 'loop.loop>send', 'send>loop.next', 'loop.done>end'],
    { durability: 'strict' },
  );
  const run = await launch(loop, numbers(rounds));
  const end = await run.end(900_000);
  expect(end).toMatchObject({ status: 'succeeded', error: null });
  expect(end!.result!.items[0]!.json['data']).toEqual(numbers(rounds).map(({ n }) => n));
  expect(worker.calls.map(({ item }) => item['value'])).toEqual(numbers(rounds).map(({ n }) => n));
  const { events } = await historyOf(worker, run.runId);
  expect(events!.length).toBeLessThan(2_000);
  expect(events![0]!.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).not.toBe('');
  await replay(worker, 'rolled-over', run.runId);
}, 900_000);

it('stops a step that works in another process than the one that was asked to cancel', async () => {
  worker.answer = neverEnds();
  const run = await launch(chain([start, { id: 'send', type: 'test.send', parameters: value }], undefined, standard));
  const outside = handleOf(api, db, run.runId);
  await outside.until('step.intended', 'send');
  await outside.cancel();
  expect(await run.end(10_000)).toMatchObject({ status: 'cancelled' });
  await replay(worker, 'cancelled', run.runId);
});

it('takes names as long as people write them', async () => {
  worker.answer = sent();
  const name = '🚚'.repeat(100);
  const document = chain([start, { id: 'send', name, type: 'test.send', parameters: value }], undefined, standard);
  const run = await launch({ ...document, name });
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
});

it('goes on with a run that was paused, once a person says so', async () => {
  worker.answer = sent();
  const document = chain(
    [start, { id: 'wait', type: 'core.wait', parameters: { webhook: true } }, { id: 'end', type: 'core.noop' }],
    undefined,
    standard,
  );
  const run = await launch(document);
  const outside = handleOf(api, db, run.runId);
  await outside.until('step.waiting');
  await api.get(RunPause).pause(run.runId, 1, 'to look at it');
  await outside.resume([{ n: 3 }]);
  await outside.until('run.paused');
  await outside.unpause();
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { n: 3 } }] } });
});

it('writes histories that replay: waits, retries, branches and loops', async () => {
  let failures = 1;
  worker.answer = (call) =>
    failures-- > 0 ? { ok: false, error: { code: 'http.status', message: 'busy', status: 503 } } : sent()(call);
  const document = chain(
    [
      start,
      { id: 'loop', type: 'core.loop' },
      { id: 'send', type: 'test.send', parameters: value, retry: { maxAttempts: 3, initialMs: 50 } },
      { id: 'wait', type: 'core.wait', parameters: { for: '1s' } },
      { id: 'fetch', type: 'test.fetch', parameters: value },
      { id: 'join', type: 'core.merge' },
      { id: 'call', type: 'core.wait', parameters: { webhook: true, timeout: '1h' } },
    ],
    [
      'start>loop',
      'loop.loop>send',
      'loop.loop>wait',
      'send>join.in1',
      'wait>fetch',
      'fetch>join.in2',
      'join>loop.next',
      'loop.done>call',
    ],
    standard,
  );
  const run = await launch(document, numbers(2));
  const outside = handleOf(api, db, run.runId);
  await outside.until('step.waiting', 'call');
  await outside.resume([{ n: 3 }]);
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
  await replay(worker, 'loop-wait-retry-resume', run.runId);
});

it('shows Temporal nothing of a run but ids, and is found there by its workflow', async () => {
  const document = chain(
    [start, { id: 'wait', name: 'Ask Ada', type: 'core.wait', parameters: { webhook: true } }],
    undefined,
    standard,
  );
  const workflowId = randomUUID();
  const run = await api.launch({ ...document, name: 'Salaries' }, numbers(1), { answersCaller: false, workflowId });
  const outside = handleOf(api, db, run.runId);
  await outside.until('step.waiting');
  const { workflow } = worker.get(TemporalConnection).link!.client;
  const found = await soon(async () => {
    for await (const each of workflow.list({ query: `WfaibWorkflowId = '${workflowId}'` })) return each;
    return undefined;
  });
  expect(found.workflowId).toBe(`run:${run.runId}:1`);
  const handle = workflow.getHandle(found.workflowId);
  expect(await (await handle.describe()).staticSummary()).toBe('Salaries');
  const payloads = [...historyToJSON(await handle.fetchHistory()).matchAll(/"data": ?"([^"]+)"/g)];
  expect(payloads.length).toBeGreaterThan(3);
  expect(payloads.map(([, data]) => Buffer.from(data!, 'base64').toString()).join('\n')).not.toMatch(
    /Salaries|Ask Ada/,
  );
  await outside.resume([{ n: 3 }]);
  expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
});

it('has connectors and code on machines of their own, where task queues are apart', async () => {
  const apart = (queues: string) =>
    startEngine(db, { ...temporal.env, TEMPORAL_NAMESPACE: 'apart', WFAIB_ROLE: 'worker', WFAIB_TASK_QUEUES: queues });
  await temporal.addNamespace('apart');
  const machines = await Promise.all(['core', 'connector', 'sandbox'].map(apart));
  const [core, connector, sandbox] = machines as [TestEngine, TestEngine, TestEngine];
  try {
    const document = chain(
      [
        start,
        { id: 'code', type: 'core.code', parameters: { mode: 'each', code: 'return { n: $json.n + 1 };' } },
        { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } },
      ],
      undefined,
      standard,
    );
    const run = await core.launch(document, numbers(1), { answersCaller: false });
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 1 } }] } });
    expect(machines.map(({ calls }) => calls.length)).toEqual([0, 1, 0]);
    const usesSandbox = (machine: TestEngine) => machine.get(SandboxService).pids.length > 0;
    expect([core, connector, sandbox].map(usesSandbox)).toEqual([false, false, true]);
  } finally {
    await Promise.all(machines.map((machine) => machine.stop()));
  }
});

/** Temporal lists a workflow a moment after it began. */
async function soon<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((next) => setTimeout(next, 100))) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error('Temporal did not list it within 10 seconds.');
}
