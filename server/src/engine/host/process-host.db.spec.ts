import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { ProcessHost } from './process-host.service.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';

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

const typesOf = async (runId: string) =>
  (await db.database.query<{ type: string }>('SELECT type FROM run_event WHERE run_id = $1 ORDER BY seq', [runId])).map(
    ({ type }) => type,
  );

describe('a run in process', () => {
  it('answers its caller from a respond node and commits all of it at once', async () => {
    const document = chain([
      { id: 'hook', type: 'core.webhook', parameters: { path: 'x', respond: 'respondNode' } },
      { id: 'total', type: 'core.set', parameters: { fields: { total: '={{ $json.qty * 2 }}' }, keep: 'none' } },
      { id: 'reply', type: 'core.respond', parameters: { body: '={{ { total: $json.total } }}' } },
    ]);
    const run = await engine.launch(document, [{ qty: 21 }]);
    expect(await run.reply(5_000)).toMatchObject({ status: 200, body: '{"total":42}' });
    expect(await run.end(5_000)).toMatchObject({ status: 'succeeded', result: { nodeId: 'reply', itemCount: 1 } });
    expect(await typesOf(run.runId)).toEqual([
      'run.created',
      'step.succeeded',
      'step.succeeded',
      'run.replied',
      'run.finished',
    ]);
    const steps = await db.database.query('SELECT node_id, status FROM run_step WHERE run_id = $1 ORDER BY position', [
      run.runId,
    ]);
    expect(steps).toEqual(['hook', 'total', 'reply'].map((node_id) => ({ node_id, status: 'succeeded' })));
  });

  it('claims a step with an effect before it and commits the outcome with what follows', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } },
      { id: 'end', type: 'core.set', parameters: { fields: { done: true } } },
    ]);
    const run = await engine.launch(document, [{ n: 1 }, { n: 2 }]);
    const end = await run.end(5_000);
    expect(end).toMatchObject({
      status: 'succeeded',
      result: { items: [{ json: { sent: 1, done: true } }, { json: { sent: 2, done: true } }] },
    });
    expect(await typesOf(run.runId)).toEqual([
      'run.created',
      'step.intended',
      'step.succeeded',
      'step.succeeded',
      'run.finished',
    ]);
  });

  it('reads other steps through their names and follows the lineage of an item', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      { id: 'a', type: 'core.set', parameters: { fields: { a: '={{ $json.n * 10 }}' } } },
      { id: 'b', type: 'core.sort', parameters: { by: [{ field: 'n', order: 'desc' }] } },
      {
        id: 'c',
        type: 'core.set',
        parameters: { keep: 'none', fields: { x: "={{ $('a').item.json.a }}", all: "={{ $('start').all().length }}" } },
      },
    ]);
    const run = await engine.launch(document, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    const end = await run.end(5_000);
    expect(end?.error).toBeNull();
    expect(end?.result?.items.map(({ json }) => json)).toEqual([30, 20, 10].map((x) => ({ x, all: 3 })));
  });

  it('runs code in the sandbox', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      {
        id: 'code',
        type: 'core.code',
        parameters: {
          code: "console.log('hi'); return items.map((i) => ({ json: { n: i.json.n + $('start').first().json.n } }))",
        },
      },
    ]);
    const run = await engine.launch(document, [{ n: 1 }, { n: 2 }]);
    const end = await run.end(15_000);
    expect(end?.error).toBeNull();
    expect(end?.result?.items.map(({ json }) => json)).toEqual([{ n: 2 }, { n: 3 }]);
  });

  it('fails the run when a step fails, and says where', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      { id: 'stop', type: 'core.stop', parameters: { message: 'no more' } },
    ]);
    const run = await engine.launch(document);
    expect(await run.end(5_000)).toMatchObject({ status: 'failed', error: { nodeId: 'stop', message: 'no more' } });
  });

  it('loops and merges', async () => {
    const document = chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'loop', type: 'core.loop', parameters: { batchSize: 2 } },
        { id: 'body', type: 'core.set', parameters: { fields: { twice: '={{ $json.n * 2 }}' } } },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop.in', 'loop.loop>body', 'body>loop.next', 'loop.done>end'],
    );
    const run = await engine.launch(document, [{ n: 1 }, { n: 2 }, { n: 3 }]);
    const end = await run.end(5_000);
    expect(end?.error).toBeNull();
    expect(end?.result?.items.map(({ json }) => json)).toEqual([1, 2, 3].map((n) => ({ n, twice: n * 2 })));
  });

  it('tries a step again and repeats unfinished items only', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      {
        id: 'send',
        type: 'test.send',
        parameters: { value: '={{ $json.n }}' },
        retry: { maxAttempts: 3, initialMs: 10 },
      },
    ]);
    engine.calls.length = 0;
    const before = engine.answer;
    let failures = 1;
    engine.answer = ({ input }) =>
      input['value'] === 2 && failures-- > 0
        ? { ok: false, error: { code: 'http.status', message: 'busy', status: 503 } }
        : { ok: true, items: [{ json: { sent: input['value'] ?? null } }] };
    const run = await engine.launch(document, [{ n: 1 }, { n: 2 }]);
    const end = await run.end(5_000);
    engine.answer = before;
    expect(end?.result?.items.map(({ json }) => json)).toEqual([{ sent: 1 }, { sent: 2 }]);
    expect(engine.calls.map(({ item }) => item['value'])).toEqual([1, 2, 2]);
    expect(new Set(engine.calls.map(({ key }) => key)).size).toBe(2);
  });

  it('waits and goes on', async () => {
    const document = chain([
      { id: 'start', type: 'core.manual' },
      { id: 'wait', type: 'core.wait', parameters: { for: '1s' } },
      { id: 'end', type: 'core.noop' },
    ]);
    const run = await engine.launch(document, [{ n: 1 }]);
    expect(await run.end(8_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { n: 1 } }] } });
    expect(await typesOf(run.runId)).toEqual([
      'run.created',
      'step.waiting',
      'wait.resolved',
      'step.succeeded',
      'run.finished',
    ]);
  });

  it('that waits belongs to nobody, also after it was woken for nothing', async () => {
    const document = chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'wait', type: 'core.wait', parameters: { webhook: true } },
      ],
      undefined,
      { durability: 'express' },
    );
    const { runId } = await engine.launch(document);
    const row = async () =>
      (await db.database.query('SELECT status, process_id FROM run WHERE id = $1', [runId]))[0] as object | undefined;
    const isFree = () => expect.poll(row).toEqual({ status: 'waiting', process_id: null });
    await isFree();
    await engine.get(ProcessHost).wake(runId, 1);
    await isFree();
  });
});
