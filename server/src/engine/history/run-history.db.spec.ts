import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import type { HistoryEntry, RunThen } from './run-history.service.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const node = (id: string, type: string, parameters: object = {}) => ({ id, name: `The ${id}`, type, parameters });
const documentOf = (...nodes: ReturnType<typeof node>[]) => ({
  wfaib: 1,
  name: 'Test',
  nodes,
  connections: nodes.slice(1).map(({ id }, index) => ({ from: { node: nodes[index]!.id }, to: { node: id } })),
});
const get = (path: string) => server.call('GET', `/api/runs/${path}`);
const historyOf = async (runId: string): Promise<HistoryEntry[]> =>
  (await get(`${runId}/history?limit=200`)).body.items;
const at = async (runId: string, seq: number): Promise<RunThen> => (await get(`${runId}/at/${seq}`)).body;

describe('the history of a run', () => {
  const document = documentOf(
    node('start', 'core.manual'),
    node('mark', 'core.set', { fields: { m: 1 } }),
    node('wait', 'core.wait', { for: '1s' }),
    node('stop', 'core.stop', { message: 'no more' }),
  );
  let runId: string;
  let history: HistoryEntry[];
  beforeAll(async () => {
    const { body } = await server.call('POST', '/api/runs?wait=20s', {
      json: { document, input: [{ n: 1 }, { n: 2 }] },
    });
    runId = body.id;
    history = await historyOf(runId);
  });
  const seqOf = (type: string) => history.find((entry) => entry.type === type)!.seq;

  it('tells in words what happened, event by event', () => {
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
    expect(history[0]).toMatchObject({ type: 'run.created', step: null });
    expect(history[0]!.summary).toBe('A run began at "The start" with 2 items');
    const done = history.find(({ step }) => step?.nodeId === 'mark')!;
    expect(done).toMatchObject({ type: 'step.succeeded', step: { name: 'The mark', iteration: [], attempt: 1 } });
    expect(done.summary).toBe('"The mark" ended well. It sent on 2 items');
    expect(history.at(-1)!.summary).toMatch(/^The run failed: .*no more/);
  });

  it('is given out in pages', async () => {
    const first = (await get(`${runId}/history?limit=2`)).body;
    const second = (await get(`${runId}/history?limit=200&cursor=${first.nextCursor}`)).body;
    expect([...first.items, ...second.items]).toEqual(history);
    expect(second.nextCursor).toBeNull();
    expect((await get(`${runId}/history?after=3&limit=1`)).body.items).toEqual([history[3]]);
  });

  it('shows the run as it was after any event', async () => {
    const created = await at(runId, 1);
    expect(created).toMatchObject({ status: 'pending', seq: 1, lastSeq: history.length, waits: [] });
    expect(created.steps).toMatchObject([{ nodeId: 'start', status: 'succeeded', itemCounts: { out: 2 } }]);
    const waiting = await at(runId, seqOf('step.waiting'));
    expect(waiting).toMatchObject({ status: 'waiting', waits: [{ nodeId: 'wait', kind: 'timer' }] });
    expect(waiting.steps.map(({ nodeId, status }) => [nodeId, status])).toEqual([
      ['start', 'succeeded'],
      ['mark', 'succeeded'],
      ['wait', 'waiting'],
    ]);
    const last = await at(runId, history.length);
    const { status, steps } = (await get(runId)).body;
    expect(last.status).toBe(status);
    expect(last.steps).toEqual(steps);
    const mark = waiting.steps[1]!;
    const items = await get(`${runId}/steps/${mark.id}/items`);
    expect(items.body.items.map(({ json }: { json: unknown }) => json)).toEqual([
      { n: 1, m: 1 },
      { n: 2, m: 1 },
    ]);
  });

  it('says which steps a retry kept', async () => {
    const { body } = await server.call('POST', `/api/runs/${runId}/retry`, { json: {} });
    await get(`${body.runId}?wait=20s`);
    const [first] = await historyOf(body.runId);
    expect(first!.summary).toBe(
      `A run began at "The start" with 2 items. It repeats run ${runId} and keeps 2 of its steps; ` +
        'done again: "The stop" (it had not ended well)',
    );
    const { body: whole } = await get(body.runId);
    expect((await at(body.runId, (await historyOf(body.runId)).length)).steps).toEqual(whole.steps);
  });

  it('has no events beyond the last, and none for strangers', async () => {
    expect(await get(`${runId}/at/${history.length + 1}`)).toMatchObject({
      status: 404,
      body: { code: 'runEvent.notFound' },
    });
    expect((await get(`${runId}/at/0`)).status).toBe(404);
    expect((await get('01900000-0000-7000-8000-000000000000/history')).status).toBe(404);
  });
});
