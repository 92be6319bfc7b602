import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const node = (id: string, type: string, parameters: object = {}, more: object = {}) => ({
  id,
  name: id,
  type,
  parameters,
  ...more,
});

/** Runs a loop over `count` items; its code step fails for item `fails` and goes on. Answers the id of the run. */
async function aLoop(count: number, fails: number, more: object = { onError: 'continue' }): Promise<string> {
  const code = `if ($input.all()[0].json.n === ${fails}) throw new Error('no ' + ${fails}); console.log('did'); return $input.all();`;
  const document = {
    wfaib: 1,
    name: 'Loop',
    nodes: [
      node('start', 'core.manual'),
      node('many', 'core.code', { code: `return Array.from({ length: ${count} }, (_, n) => ({ n }));` }),
      node('loop', 'core.loop'),
      node('work', 'core.code', { code }, more),
    ],
    connections: [
      { from: { node: 'start' }, to: { node: 'many' } },
      { from: { node: 'many' }, to: { node: 'loop' } },
      { from: { node: 'loop', port: 'loop' }, to: { node: 'work' } },
      { from: { node: 'work' }, to: { node: 'loop', port: 'next' } },
    ],
  };
  const { body } = await server.call('POST', '/api/runs?wait=30s', { json: { document } });
  return body.id;
}
const get = async (path: string) => (await server.call('GET', `/api/runs/${path}`)).body;

describe('the overview of a run', () => {
  it('sums up each node over all its visits, and holds no list of them', async () => {
    const id = await aLoop(12, 7);
    const overview = await get(`${id}/overview`);
    expect(overview).toMatchObject({
      id,
      status: 'succeeded',
      stepCount: 27,
      waits: [],
      takeoverList: [],
      children: [],
    });
    expect(overview.steps).toBeUndefined();
    expect(overview.lastSeq).toBeGreaterThan(12);
    expect(overview.nodes.map(({ nodeId, visits, depth }: never) => [nodeId, visits, depth])).toEqual([
      ['start', 1, 0],
      ['many', 1, 0],
      ['loop', 13, 0],
      ['work', 12, 1],
    ]);
    expect(overview.nodes[3]).toMatchObject({
      statuses: { succeeded: 12 },
      handled: 1,
      itemCounts: { in: 12, out: 12 },
    });
  });

  it('counts the items that failed one by one and left by the error output', async () => {
    const code = `if ($json.n % 3 === 0) throw new Error('no'); return $json;`;
    const document = {
      wfaib: 1,
      name: 'Some fail',
      nodes: [
        node('start', 'core.manual'),
        node('many', 'core.code', { code: 'return Array.from({ length: 10 }, (_, n) => ({ n }));' }),
        node('some', 'core.code', { mode: 'each', code }, { onError: 'errorOutput' }),
      ],
      connections: [
        { from: { node: 'start' }, to: { node: 'many' } },
        { from: { node: 'many' }, to: { node: 'some' } },
      ],
    };
    const { body } = await server.call('POST', '/api/runs?wait=30s', { json: { document } });
    const { nodes } = await get(`${body.id}/overview`);
    expect(nodes.map(({ nodeId, itemCounts }: never) => [nodeId, itemCounts])).toEqual([
      ['start', { in: 0, out: 1, error: 0 }],
      ['many', { in: 1, out: 10, error: 0 }],
      ['some', { in: 10, out: 10, error: 4 }],
    ]);
  });

  it('names the runs that were its retries, and those it goes back to', async () => {
    const id = await aLoop(2, 1, {});
    expect(await get(`${id}/overview`)).toMatchObject({
      status: 'failed',
      focus: { nodeId: 'work', iteration: [1], visit: 0 },
    });
    const { body } = await server.call('POST', `/api/runs/${id}/retry`, { json: {} });
    expect((await get(`${id}/overview`)).retries).toEqual([
      { id: body.runId, status: expect.any(String), createdAt: expect.any(String) },
    ]);
    await get(`${body.runId}?wait=20s`);
    const third = (await server.call('POST', `/api/runs/${body.runId}/retry`, { json: {} })).body;
    expect((await get(`${third.runId}/overview`)).retryChain).toEqual([body.runId, id]);
    expect((await get(`${id}/overview`)).retryChain).toEqual([]);
  });

  it('does not exist for strangers', async () => {
    const id = await aLoop(1, 9);
    await server.db.database.query('UPDATE run SET project_id = gen_random_uuid() WHERE id = $1', [id]);
    for (const path of ['overview', 'steps', 'iterations?nodes=work', 'logs'])
      expect((await server.call('GET', `/api/runs/${id}/${path}`)).status).toBe(404);
  });
});

describe('the steps of a run', () => {
  it('can be entered anywhere, and narrowed to a node, an iteration and to problems', async () => {
    const id = await aLoop(12, 7);
    const page = await get(`${id}/steps?offset=20&limit=5`);
    expect(page).toMatchObject({ total: 27, offset: 20 });
    expect(page.items).toHaveLength(5);
    const ofNode = await get(`${id}/steps?nodeId=work&iteration=7`);
    expect(ofNode.items.map(({ iteration }: never) => iteration)).toEqual([[7]]);
    const problems = await get(`${id}/steps?problems=true`);
    expect(problems.items).toMatchObject([
      { nodeId: 'work', iteration: [7], error: { message: expect.stringContaining('no 7') } },
    ]);
  });

  it('tell how long one waits', async () => {
    const document = {
      wfaib: 1,
      name: 'Wait',
      nodes: [node('start', 'core.manual'), node('pause', 'core.wait', { for: '20ms' })],
      connections: [{ from: { node: 'start' }, to: { node: 'pause' } }],
    };
    const { body } = await server.call('POST', '/api/runs?wait=30s', { json: { document } });
    const { items } = await get(`${body.id}/steps?nodeId=pause`);
    expect(items[0].pauses).toMatchObject([{ kind: 'timer', endedBy: 'timer', until: expect.any(Number) }]);
    expect(items[0].pauses[0].endedAt).toBeGreaterThanOrEqual(items[0].pauses[0].startedAt);
  });
});

describe('the iterations of a loop', () => {
  it('are counted, paged, and shown in parts', async () => {
    const id = await aLoop(12, 7);
    const all = await get(`${id}/iterations?nodes=work&limit=5&offset=5`);
    expect(all).toMatchObject({ total: 12, counts: { succeeded: 11, handled: 1 } });
    expect(all.items.map(({ index, status }: never) => [index, status])).toContainEqual([7, 'handled']);
    expect(all.parts).toHaveLength(12);
    expect((await get(`${id}/iterations?nodes=work&problems=true`)).items).toMatchObject([{ index: 7 }]);
  });
});

it('the log of a run is that of its steps, in their order', async () => {
  const id = await aLoop(3, 9);
  const { items, nextOffset } = await get(`${id}/logs?limit=2`);
  expect(items).toMatchObject([
    { nodeId: 'work', iteration: [0], level: 'log', text: 'did' },
    { nodeId: 'work', iteration: [1] },
  ]);
  expect(nextOffset).toBe(2);
  expect((await get(`${id}/logs?limit=2&offset=2`)).nextOffset).toBeNull();
});

it.each(['steps?iteration=x', 'steps?limit=0', 'iterations', 'iterations?nodes=', 'logs?offset=-1'])(
  'rubbish such as %s is refused with 400',
  async (path) => {
    const id = await aLoop(1, 9);
    expect((await server.call('GET', `/api/runs/${id}/${path}`)).status).toBe(400);
  },
);

it('the newest runs of workflows are told for many workflows at once', async () => {
  const document = { wfaib: 1, name: 'Dots', nodes: [node('start', 'core.manual')], connections: [] };
  const { id } = (await server.call('POST', '/api/workflows', { json: document })).body;
  for (let run = 0; run < 3; run++)
    await server.call('POST', '/api/runs?wait=30s', { json: { workflowId: id, version: 'draft' } });
  const { body } = await server.call('GET', `/api/recent-runs?workflowIds=${id}`);
  expect(body[id]).toHaveLength(3);
  expect(body[id][0]).toMatchObject({ status: 'succeeded' });
  expect((await server.call('GET', '/api/recent-runs?workflowIds=')).body).toEqual({});
});

it('lists what a step gave lately over all runs of its workflow, and finds items by their text', async () => {
  const document = {
    wfaib: 1,
    name: 'Past',
    nodes: [
      node('start', 'core.manual'),
      node('many', 'core.code', { code: 'return [{ n: 1 }, { n: 22 }, { n: 3 }];' }),
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'many' } }],
  };
  const { id } = (await server.call('POST', '/api/workflows', { json: document })).body;
  for (let run = 0; run < 2; run++)
    await server.call('POST', '/api/runs?wait=30s', { json: { workflowId: id, version: 'draft', mode: 'test' } });
  const past = (await server.call('GET', `/api/step-outputs?workflowId=${id}&nodeId=many`)).body.items;
  expect(past).toHaveLength(2);
  expect(past[0]).toMatchObject({ mode: 'test', version: null, ports: { main: 3 } });
  const found = await get(`${past[0].runId}/steps/${past[0].stepId}/items?q=22`);
  expect(found).toMatchObject({ items: [{ json: { n: 22 } }], total: 1, indexes: [1], nextOffset: null });
  expect((await server.call('GET', `/api/step-outputs?workflowId=${id}&nodeId=nobody`)).body.items).toEqual([]);
});
