import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Database } from '../database/database.service.js';
import { EventBus } from '../events/event-bus.service.js';
import { FileStore } from './file-store.service.js';
import { runChangedChannel } from './run.events.js';
import { storeRun, storeStep, type StoredRun } from './stored-run.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());
beforeEach(() => server.db.database.query('DELETE FROM run'));

const item = (json: unknown) => ({ json, source: [] });
const aRun = (run: Partial<StoredRun> = {}) => storeRun(server.db.database, { projectId: server.db.projectId, ...run });
const get = (path: string) => server.call('GET', `/api/runs${path}`);

describe('a run', () => {
  it('is shown with its steps, its result and what it answered', async () => {
    const id = await aRun({
      result: { step: 'set', nodeId: 'set', itemCount: 1 },
      reply: { status: 201, headers: { 'Content-Type': 'application/json' }, body: '{"total":15}' },
    });
    await storeStep(server.db.database, id, { key: 'set', position: 1, outputs: { main: [item({ a: '\u0000' })] } });
    await storeStep(server.db.database, id, { key: 'hook', position: 0, outputs: { main: [item({})] } });
    const { status, body } = await get(`/${id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      workflowId: null,
      version: 1,
      mode: 'production',
      status: 'succeeded',
      engine: 'process',
      durability: 'express',
      error: null,
      parentRunId: null,
      retryOf: null,
      takeovers: 0,
      waits: [],
      result: { nodeId: 'set', itemCount: 1, items: [{ json: { a: '\u0000' } }] },
      response: { status: 201, body: { total: 15 } },
    });
    expect(body.steps.map((step: { id: string }) => step.id)).toEqual(['hook', 'set']);
    expect(body.steps[1]).toMatchObject({
      nodeId: 'set',
      name: 'SET',
      iteration: [],
      visit: 0,
      attempt: 1,
      itemCounts: { in: 0, out: 1 },
      error: null,
    });
  });

  it('shows what it waits for and how to go on', async () => {
    const id = await aRun({ status: 'waiting' });
    await server.db.database.query(
      `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind, token) VALUES ($1::uuid, $1::uuid, 's', 'wait', 1, 'webhook', 'secret')`,
      [id],
    );
    const { body } = await get(`/${id}`);
    expect(body.waits).toEqual([
      { id, stepId: 's', nodeId: 'wait', kind: 'webhook', token: 'secret', resumeUrl: `${server.url}/resume/secret` },
    ]);
  });

  it('is waited for until it ends', async () => {
    const id = await aRun({ status: 'running' });
    const answer = get(`/${id}?wait=30s`);
    await server.db.database.query(`UPDATE run SET status = 'succeeded', ended_at = now() WHERE id = $1`, [id]);
    server.app.get(EventBus).publish(runChangedChannel, { runId: id });
    expect((await answer).body.status).toBe('succeeded');
  });

  it('is shown as it stands when the wait is over', async () => {
    const id = await aRun({ status: 'running' });
    expect((await get(`/${id}?wait=50ms`)).body.status).toBe('running');
  });

  it('shows the document that ran', async () => {
    const id = await aRun({ document: '{"wfaib":1,"name":"Then"}' });
    expect((await get(`/${id}/document`)).body).toEqual({ wfaib: 1, name: 'Then' });
  });
});

describe('items of a step', () => {
  it('come in pages, by port, from both sides', async () => {
    const id = await aRun();
    const numbers = Array.from({ length: 5 }, (_, n) => item({ n }));
    await storeStep(server.db.database, id, {
      key: 'if',
      position: 0,
      outputs: { true: numbers, false: [item({ n: 9 })] },
    });
    await storeStep(server.db.database, id, {
      key: 'set',
      position: 1,
      outputs: {},
      inputs: [{ port: 'main', arrivals: [{ step: 'if', port: 'true', count: 5 }] }],
    });
    const page = (await get(`/${id}/steps/if/items?port=true&offset=2&limit=2`)).body;
    expect(page).toMatchObject({ total: 5, offset: 2, nextOffset: 4, ports: { true: 5, false: 1 } });
    expect(page.items.map(({ json }: { json: { n: number } }) => json.n)).toEqual([2, 3]);
    expect((await get(`/${id}/steps/set/items?side=input`)).body).toMatchObject({
      total: 5,
      ports: { main: 5 },
      nextOffset: null,
    });
    expect((await get(`/${id}/steps/set/items`)).body).toMatchObject({ total: 0, items: [] });
  });

  it('come in the order in which they arrived, from however many steps, at the price of one query', async () => {
    const id = await aRun();
    const senders = Array.from({ length: 30 }, (_, n) => ({
      key: `s${n}`,
      position: n,
      outputs: { main: [item({ n })], other: [item({ n: -n })] },
    }));
    const fromOf = (n: number) => ({ step: `s${n}`, port: 'main', count: 1 });
    const inputs = [
      { port: 'main', arrivals: senders.map((_, n) => fromOf(29 - n)) },
      { port: 'more', arrivals: [fromOf(3), { step: 'gone', port: 'main', count: 1 }, fromOf(3)] },
    ];
    for (const step of [...senders, { key: 'last', position: 30, outputs: {}, inputs }])
      await storeStep(server.db.database, id, step);
    const query = vi.spyOn(server.app.get(Database), 'query');
    const page = (await get(`/${id}/steps/last/items?side=input&limit=100`)).body;
    expect(query.mock.calls.filter(([sql]) => sql.includes('run_data'))).toHaveLength(1);
    query.mockRestore();
    const numbers = page.items.map(({ json }: { json: { n: number } }) => json.n);
    expect(numbers).toEqual([...senders.map((_, n) => 29 - n), 3, 3]);
    expect(page).toMatchObject({ total: 32, ports: { main: 30, more: 2 } });
  });

  it('say which items of which earlier steps they are or were made from', async () => {
    const id = await aRun();
    const first = { key: 'a', position: 0, outputs: { main: [item({ n: 0 }), item({ n: 1 })] } };
    const second = { key: 'b', position: 1, outputs: { other: [item({ n: 2 }), item({ n: 31 })] } };
    const arrivals = [
      { step: 'a', port: 'main', count: 2 },
      { step: 'b', port: 'other', count: 2 },
    ];
    const made = { json: { n: 3 }, source: [{ step: 'b', port: 'other', item: 1 }] };
    const last = { key: 'c', position: 2, outputs: { main: [made] }, inputs: [{ port: 'main', arrivals }] };
    for (const step of [first, second, last]) await storeStep(server.db.database, id, step);
    const input = (await get(`/${id}/steps/c/items?side=input&offset=1&limit=2`)).body;
    expect(input.places).toEqual([
      { step: 'a', port: 'main', item: 1 },
      { step: 'b', port: 'other', item: 0 },
    ]);
    expect(Object.keys(input.origins).toSorted()).toEqual(['a', 'b']);
    expect((await get(`/${id}/steps/c/items?side=input&q=31`)).body.places).toEqual(made.source);
    const output = (await get(`/${id}/steps/c/items`)).body;
    expect(output.places).toBeUndefined();
    expect(output.origins).toEqual({ b: { nodeId: 'b', name: expect.any(String), iteration: [], visit: 0 } });
  });

  it('can be taken away whole as a file', async () => {
    const id = await aRun();
    const many = Array.from({ length: 2_500 }, (_, n) => item({ n, ...(n === 2_400 ? { late: 'x,y' } : {}) }));
    await storeStep(server.db.database, id, { key: 'set', position: 0, outputs: { main: many, other: [item({})] } });
    const file = (query: string) => get(`/${id}/steps/set/items/file?${query}`);
    const csv = await file('format=csv&port=main');
    expect(csv.headers.get('content-disposition')).toBe('attachment');
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = String(csv.body).trimEnd().split('\n');
    expect([lines.length, lines[0], lines[1], lines[2401]]).toEqual([2_501, 'n,late', '0,', '2400,"x,y"']);
    expect((await file('port=main')).body).toHaveLength(2_500);
    expect((await file('format=xlsx')).status).toBe(400);
    expect((await get(`/${id}/steps/nobody/items/file`)).status).toBe(404);
  });

  it('leave a spreadsheet nothing to work out in the CSV that people take away', async () => {
    const id = await aRun();
    const row = { '=A1': '=1+1', b: '@SUM(A1)', c: '-5', d: -5, e: '-2+3|cmd' };
    await storeStep(server.db.database, id, { key: 'set', position: 0, outputs: { main: [item(row)] } });
    const csv = await get(`/${id}/steps/set/items/file?format=csv`);
    expect(String(csv.body)).toBe("'=A1,b,c,d,e\n'=1+1,'@SUM(A1),-5,-5,'-2+3|cmd\n");
    expect((await get(`/${id}/steps/set/items/file`)).body).toEqual([row]);
  });

  it('have the console output of user code beside them', async () => {
    const id = await aRun();
    await storeStep(server.db.database, id, {
      key: 'code',
      position: 0,
      outputs: {},
      logs: [{ level: 'log', text: 'hi' }],
    });
    expect((await get(`/${id}/steps/code/logs`)).body).toEqual({ items: [{ level: 'log', text: 'hi' }] });
  });

  it('are not found for a step that never ran', async () => {
    const id = await aRun();
    expect(await get(`/${id}/steps/nobody/items`)).toMatchObject({ status: 404, body: { code: 'runStep.notFound' } });
  });
});

describe('a file', () => {
  it('is sent as a download, whatever it claims to be', async () => {
    const id = await aRun();
    const html = Buffer.from('<script>alert(1)</script>');
    const file = await server.app.get(FileStore).put(id, { name: '../ä\r\n"x.html', mimeType: 'text/html' }, html);
    expect(file).toMatchObject({ name: 'ä"x.html', mimeType: 'text/html', size: html.length });
    const { status, headers, body } = await get(`/${id}/files/${file.id}`);
    expect({ status, body }).toEqual({ status: 200, body: html.toString() });
    expect(headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%A4%22x.html");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe('sandbox');
  });

  it('of another run is not found', async () => {
    const [mine, other] = [await aRun(), await aRun()];
    const file = await server.app.get(FileStore).put(other, { name: 'a', mimeType: 'nonsense' }, Buffer.from('x'));
    expect(file.mimeType).toBe('application/octet-stream');
    expect((await get(`/${mine}/files/${file.id}`)).status).toBe(404);
  });
});

describe('the list of runs', () => {
  const namesOf = (body: { items: { workflowName: string }[] }) => body.items.map((run) => run.workflowName);

  it('comes newest first, in pages', async () => {
    for (const workflowName of ['one', 'two', 'three']) {
      await aRun({ workflowName });
      // Ids sort by their millisecond.
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const first = (await get('?limit=2')).body;
    expect(namesOf(first)).toEqual(['three', 'two']);
    const second = (await get(`?limit=2&cursor=${first.nextCursor}`)).body;
    expect(namesOf(second)).toEqual(['one']);
    expect(second.nextCursor).toBeNull();
  });

  it('says what a run waits for: people before calls and times, and its turn', async () => {
    const waiting = await aRun({ status: 'waiting' });
    await storeStep(server.db.database, waiting, { key: 'ask', position: 0, outputs: {} });
    for (const [id, step, kind, until] of [
      [1, 'pause', 'timer', '2026-02-01T00:00:00Z'],
      [2, 'ask', 'approval', '2026-03-01T00:00:00Z'],
    ])
      await server.db.database.query(
        `INSERT INTO run_wait (id, run_id, step_key, node_id, attempt, kind, until)
         VALUES (('00000000-0000-0000-0000-00000000000' || $1)::uuid, $2, $3, $3, 1, $4, $5)`,
        [id, waiting, step, kind, until],
      );
    const held = await aRun({ status: 'pending' });
    await server.db.database.query(`UPDATE run SET place = 'held' WHERE id = $1`, [held]);
    const done = await aRun();
    const { items } = (await get('')).body;
    const waitingFor = Object.fromEntries(
      items.map((run: { id: string; waitingFor: unknown }) => [run.id, run.waitingFor]),
    );
    expect(waitingFor).toEqual({
      [waiting]: { kind: 'approval', step: 'ASK', until: '2026-03-01T00:00:00.000Z', count: 2 },
      [held]: { kind: 'turn', count: 1 },
      [done]: undefined,
    });
  });

  it('can be narrowed by status, workflow, time and name', async () => {
    const workflowId = '0190aaaa-0000-7000-8000-000000000001';
    await aRun({ workflowName: 'Old orders', workflowId, createdAt: '2026-01-01T00:00:00Z' });
    await aRun({ workflowName: 'Orders', workflowId, status: 'failed' });
    const byId = await aRun({ workflowName: 'Bills', status: 'running' });
    expect(namesOf((await get('?status=failed')).body)).toEqual(['Orders']);
    expect(namesOf((await get('?status=failed,running')).body).sort()).toEqual(['Bills', 'Orders']);
    expect(namesOf((await get(`?workflowId=${workflowId}`)).body).sort()).toEqual(['Old orders', 'Orders']);
    expect(namesOf((await get('?to=2026-02-01T00:00:00Z')).body)).toEqual(['Old orders']);
    expect(namesOf((await get('?from=2026-02-01&q=ORDERS')).body)).toEqual(['Orders']);
    expect(namesOf((await get(`?q=${byId}`)).body)).toEqual(['Bills']);
  });

  it('says nothing of how far it looked where it looked at all of them', async () => {
    await aRun();
    expect((await get('?q=nothing')).body).toEqual({ items: [], nextCursor: null, searchedTo: null });
  });

  it.each([
    'status=x',
    'status=',
    'workflowId=x',
    'from=x',
    'to=9',
    'cursor=x',
    'limit=999',
    'q=%00',
    'status=failed&status=x',
  ])('never fails for a query of %s', async (query) => {
    expect((await get(`?${query}`)).status).toBeLessThan(500);
  });
});

it('hides runs of other projects altogether', async () => {
  const foreign = await storeRun(server.db.database, {
    projectId: '0190aaaa-0000-7000-8000-000000000002',
    document: '{}',
  });
  await storeStep(server.db.database, foreign, { key: 'set', position: 0, outputs: { main: [item({})] } });
  const file = await server.app.get(FileStore).put(foreign, { name: 'a', mimeType: 'text/plain' }, Buffer.from('x'));
  const paths = [
    '',
    '?wait=10s',
    '/document',
    '/steps/set/items',
    '/steps/set/items/file',
    '/steps/set/logs',
    `/files/${file.id}`,
    '/events',
  ];
  for (const id of [foreign, '00000000-0000-7000-8000-000000000000', 'nonsense']) {
    for (const path of paths) expect([path, (await get(`/${id}${path}`)).status]).toEqual([path, 404]);
  }
  expect((await get('')).body.items).toEqual([]);
});
