import { randomUUID } from 'node:crypto';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverEnds, sent } from '../conformance/conformance-case.test-support.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { KeptJournal } from '../control/kept-journal.service.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { JournalReader } from '../journal/journal-reader.js';
import { ProgramCache } from '../launcher/program-cache.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { maxDepth } from './child-calls.service.js';

let db: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
});
afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

const called = { id: 'in', type: 'core.called' };
const sending = chain([called, { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } }]);
const calling = (parameters: Record<string, unknown>, more: object = {}): WorkflowDocument =>
  chain([
    { id: 'start', type: 'core.manual' },
    { id: 'call', type: 'core.call', parameters, ...more },
  ]);
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));

/** Stores a workflow with a draft and, where one is given, a live version. */
async function store(draft: WorkflowDocument, live?: WorkflowDocument, id = randomUUID()): Promise<string> {
  await db.database.query(
    `INSERT INTO workflow (id, project_id, name, draft, live_version, updated_by) VALUES ($1, $2, $3, $4, $5, $1)`,
    [id, db.projectId, draft.name, JSON.stringify(draft), live ? 1 : null],
  );
  if (live) {
    await db.database.query(
      `INSERT INTO workflow_version (workflow_id, number, document, hash, published_by) VALUES ($1, 1, $2, 'h', $1)`,
      [id, JSON.stringify(live)],
    );
  }
  return id;
}

const childrenOf = (runId: string) =>
  db.database.query<{ id: string; status: string; mode: string; version: number | null; root: string }>(
    'SELECT id, status, mode, version, root_run_id AS root FROM run WHERE parent_run_id = $1 ORDER BY call_index',
    [runId],
  );

async function run(document: WorkflowDocument, items = numbers(1), more = {}) {
  engine.calls.length = 0;
  const launched = await engine.launch(document, items, { answersCaller: false, ...more });
  return { runId: launched.runId, end: await launched.end(60_000) };
}

describe('a step that calls a workflow', () => {
  it('runs its live version, or its draft in a test', async () => {
    const version = (name: string) => chain([called, { id: name, type: 'core.set', parameters: { fields: { name } } }]);
    const workflowId = await store(version('draft'), version('live'));
    const inProduction = await run(calling({ workflowId }));
    expect(inProduction.end?.result?.items).toMatchObject([{ json: { n: 0, name: 'live' } }]);
    expect(await childrenOf(inProduction.runId)).toMatchObject([{ version: 1, root: inProduction.runId }]);
    const inTest = await run(calling({ workflowId }), numbers(1), { mode: 'test' });
    expect(inTest.end?.result?.items).toMatchObject([{ json: { name: 'draft' } }]);
    expect(await childrenOf(inTest.runId)).toMatchObject([{ version: null, mode: 'test' }]);
  });

  it('says what is wrong with the workflow it names', async () => {
    const draft = await store(sending);
    const codeOf = async (workflowId: string) => (await run(calling({ workflowId }))).end?.error?.code;
    expect(await codeOf(draft)).toBe('call.notLive');
    expect(await codeOf(randomUUID())).toBe('call.workflowUnknown');
    expect(await codeOf('no id')).toBe('call.workflowUnknown');
  });

  it('refuses input that the called workflow does not take', async () => {
    const fields = [{ name: 'n', type: 'text', required: true }];
    const document = chain([
      { ...called, parameters: { fields } },
      { id: 'end', type: 'core.noop' },
    ]);
    const { end } = await run(calling({ document }));
    expect(end?.error).toMatchObject({ code: 'call.inputRefused', nodeId: 'call' });
    expect(end?.error?.message).toContain('takes text in the field "n", not 0');
  });

  it('hands out the ids of runs it does not wait for', async () => {
    engine.answer = sent();
    const { runId, end } = await run(calling({ document: sending, mode: 'eachItem', wait: false }), numbers(120));
    const children = await childrenOf(runId);
    expect(end?.result?.items.map(({ json }) => json['runId'])).toEqual(children.map(({ id }) => id));
    await expect
      .poll(async () => (await childrenOf(runId)).map(({ status }) => status))
      .toEqual(children.map(() => 'succeeded'));
  });

  it('calls a thousand workflows, ten at a time, and keeps the order of their results', async () => {
    let working = 0;
    let most = 0;
    engine.answer = async (call) => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working--;
      return sent()(call);
    };
    const { end } = await run(calling({ document: sending, mode: 'eachItem' }), numbers(1_000));
    expect(end?.error).toBeNull();
    expect(end?.result?.items.map(({ json }) => json)).toEqual(numbers(1_000).map(({ n }) => ({ sent: n })));
    expect(engine.calls).toHaveLength(1_000);
    expect(most).toBeLessThanOrEqual(10);
    expect(most).toBeGreaterThan(1);
  }, 120_000);

  it('cancels what takes longer than the step may, and keeps what was done in time', async () => {
    engine.answer = (call) => (call.input['value'] === 1 ? neverEnds()(call) : sent()(call));
    const limited = { timeoutMs: 300, onError: 'continue' };
    const { runId, end } = await run(
      calling({ document: sending, mode: 'eachItem', concurrency: 2 }, limited),
      numbers(3),
    );
    const results = end?.result?.items.map(({ json }) => json);
    expect(results).toMatchObject([
      { sent: 0 },
      { n: 1, error: { code: 'step.timeout', nodeId: 'call' } },
      { sent: 2 },
    ]);
    await expect
      .poll(async () => (await childrenOf(runId)).map(({ status }) => status))
      .toEqual(['succeeded', 'cancelled', 'succeeded']);
  });

  it('stops at a depth, and names the chain', async () => {
    const id = randomUUID();
    const document = chain([called, { id: 'again', type: 'core.call', parameters: { workflowId: id } }]);
    await store({ ...document, name: 'Mirror' }, { ...document, name: 'Mirror' }, id);
    const { end } = await run(calling({ workflowId: id }));
    expect(end?.error?.code).toBe('call.failed');
    expect(end?.error?.message).toContain(`deeper than ${maxDepth} workflows: Test → Mirror → Mirror`);
  });

  it('keeps the idempotency keys of its runs over its tries', async () => {
    let failures = 1;
    engine.answer = (call) =>
      call.input['value'] === 1 && failures-- > 0
        ? { ok: false, error: { code: 'http.status', message: 'busy', status: 503 } }
        : sent()(call);
    const retry = { maxAttempts: 2, initialMs: 10 };
    const { end } = await run(calling({ document: sending, mode: 'eachItem' }, { retry }), numbers(3));
    expect(end?.error).toBeNull();
    const keys = (value: number) => engine.calls.filter(({ item }) => item['value'] === value).map(({ key }) => key);
    expect(keys(1)).toHaveLength(2);
    expect(new Set(keys(1)).size).toBe(1);
    expect(new Set([...keys(0), ...keys(1), ...keys(2)]).size).toBe(3);
  });

  it('is cancelled with the runs it waits for, and leaves those alone that it does not wait for', async () => {
    const waiting = chain([called, { id: 'wait', type: 'core.wait', parameters: { for: '1h' } }]);
    const document = chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'call', type: 'core.call', parameters: { document: waiting } },
        { id: 'go', type: 'core.call', parameters: { document: waiting, wait: false } },
      ],
      ['start>call', 'start>go'],
    );
    const launched = await engine.launch(document, numbers(1), { answersCaller: false });
    await handleOf(engine, db, launched.runId).until('step.succeeded', 'go');
    await handleOf(engine, db, launched.runId).cancel();
    expect(await launched.end(10_000)).toMatchObject({ status: 'cancelled' });
    const statuses = () =>
      db.database.query<{ awaited: boolean; status: string }>(
        'SELECT is_awaited AS awaited, status FROM run WHERE parent_run_id = $1 ORDER BY is_awaited',
        [launched.runId],
      );
    await expect.poll(statuses).toEqual([
      { awaited: false, status: 'waiting' },
      { awaited: true, status: 'cancelled' },
    ]);
  });

  it('hears that a run it waits for was cancelled', async () => {
    const waiting = chain([called, { id: 'wait', type: 'core.wait', parameters: { for: '1h' } }]);
    const launched = await engine.launch(calling({ document: waiting }), numbers(1), { answersCaller: false });
    await handleOf(engine, db, launched.runId).until('child.started');
    const [child] = await childrenOf(launched.runId);
    await handleOf(engine, db, child!.id).cancel();
    expect(await launched.end(10_000)).toMatchObject({ status: 'failed', error: { code: 'call.failed' } });
  });

  it('is retried with what ended well before: only the rest is called again', async () => {
    let isBroken = true;
    engine.answer = (call) =>
      call.input['value'] === 2 && isBroken
        ? { ok: false, error: { code: 'http.status', message: 'no', status: 400, retryable: false } }
        : sent()(call);
    const document = calling({ document: sending, mode: 'eachItem', concurrency: 1 });
    const { runId } = await run(document, numbers(4));
    expect(engine.calls.map(({ item }) => item['value'])).toEqual([0, 1, 2]);
    const failedKey = engine.calls[2]!.key;
    isBroken = false;
    const old = (await engine.get(JournalReader).findRun(runId))!;
    const journal = new KeptJournal(engine.get(JournalReader), db.database);
    const program = await engine.get(ProgramCache).byHash(old.documentHash);
    const read = await journal.read(old, program);
    const kept = await journal.withData(read, await journal.keep(read, { now: program, created: read.created }));
    const again = await run(document, numbers(4), { kept, rootRunId: old.rootRunId, retryOf: runId });
    expect(again.end?.result?.items.map(({ json }) => json)).toEqual(numbers(4).map(({ n }) => ({ sent: n })));
    expect(engine.calls.map(({ item }) => item['value'])).toEqual([2, 3]);
    expect(engine.calls[0]!.key).toBe(failedKey);
  });
});

describe('an error workflow', () => {
  const failing = (settings: object) =>
    chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'stop', name: 'Stop', type: 'core.stop', parameters: { message: 'no' } },
      ],
      undefined,
      settings,
    );
  const handling = chain([
    { id: 'failed', type: 'core.error' },
    { id: 'end', type: 'core.noop' },
  ]);

  it('runs once for a run that failed, and is told which one and why', async () => {
    const errorWorkflowId = await store(handling, handling);
    const { runId } = await run(failing({ errorWorkflowId }));
    const [child] = await childrenOf(runId);
    const steps = await db.database.query<{ body: string }>('SELECT body FROM run_data WHERE run_id = $1', [child!.id]);
    expect(JSON.parse(steps[0]!.body)).toMatchObject([
      {
        json: {
          execution: { id: runId, lastNodeExecuted: 'Stop', mode: 'production', error: { message: 'no' } },
          workflow: { name: 'Test' },
        },
      },
    ]);
    await expect.poll(async () => (await childrenOf(runId)).map(({ status }) => status)).toEqual(['succeeded']);
  });

  it('does not run for a test, for itself, for a run that it started, or where it is not live', async () => {
    const id = randomUUID();
    const broken = chain(
      [
        { id: 'failed', type: 'core.error' },
        { id: 'stop', type: 'core.stop', parameters: { message: 'again' } },
      ],
      undefined,
      { errorWorkflowId: await store(handling, handling) },
    );
    await store(broken, broken, id);
    const none = async (more: object, settings: object) =>
      childrenOf((await run(failing(settings), numbers(1), more)).runId);
    expect(await none({ mode: 'test' }, { errorWorkflowId: id })).toEqual([]);
    expect(await none({ workflowId: id }, { errorWorkflowId: id })).toEqual([]);
    expect(await none({}, { errorWorkflowId: await store(handling) })).toEqual([]);
    expect(await none({}, { errorWorkflowId: 'none' })).toEqual([]);
    const [handler] = await none({}, { errorWorkflowId: id });
    await expect.poll(async () => (await engine.get(JournalReader).findRun(handler!.id))?.status).toBe('failed');
    expect(await childrenOf(handler!.id)).toEqual([]);
  });
});
