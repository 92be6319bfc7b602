import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from '../../../../test/support/receiver.js';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import type { WorkflowReplay } from './workflow-replay.types.js';

let server: TestServer;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  server = await startTestServer({ environment: { WFAIB_EGRESS_ALLOW: '127.0.0.0/8' } });
});
afterAll(async () => {
  await server?.stop();
  await receiver?.stop();
});
beforeEach(() => {
  receiver.ledger.length = 0;
});

type TestNode = { id: string; type: string } & Record<string, unknown>;
const node = (id: string, type: string, parameters: object = {}): TestNode => ({ id, name: id, type, parameters });
const set = (id: string, fields: object) => node(id, 'core.set', { fields });
const send = (id: string, body = '={{ $json }}') =>
  node(id, 'http.request', { method: 'POST', url: `${receiver.url}/${id}`, bodyType: 'json', body });
const documentOf = (nodes: TestNode[], links?: string[]) => ({
  wfaib: 1,
  name: 'Orders',
  nodes,
  connections: (links ?? nodes.slice(1).map(({ id }, index) => `${nodes[index]!.id}>${id}`)).map((link) => {
    const [from, to] = link.split('>').map((end) => end.split('.'));
    return { from: { node: from![0], port: from![1] ?? 'main' }, to: { node: to![0], port: to![1] ?? 'main' } };
  }),
});

/** A live workflow with a run for each input, and what a draft makes of these runs. */
async function tried(live: object, inputs: object[], draft: object): Promise<WorkflowReplay> {
  const { body } = await server.call('POST', '/api/workflows', { json: live });
  await server.call('POST', `/api/workflows/${body.id}/publish`, { json: {} });
  for (const input of inputs) await server.call('POST', '/api/runs?wait=20s', { json: { workflowId: body.id, input } });
  await server.call('PUT', `/api/workflows/${body.id}`, { ifMatch: '*', json: draft });
  const sent = receiver.ledger.length;
  const answer = await server.call('POST', `/api/workflows/${body.id}/replay`, { json: { runs: 10 } });
  expect(answer.status).toBe(200);
  expect(receiver.ledger).toHaveLength(sent);
  return answer.body;
}

const start = node('start', 'core.manual');
const check = (condition: string) => node('check', 'core.if', { condition });
const links = ['start>check', 'check.true>big', 'check.false>small', 'big>end', 'small>end'];
const nodes = (condition: string, big = send('big')) => [
  start,
  check(condition),
  big,
  send('small'),
  set('end', { done: true }),
];

describe('trying a draft on the runs there were', () => {
  it('says that all would be the same, and sends nothing', async () => {
    const live = documentOf(nodes('={{ $json.n > 5 }}'), links);
    const replay = await tried(live, [{ n: 1 }, { n: 9 }], live);
    expect(replay).toMatchObject({ version: null, counts: { same: 2, path: 0, data: 0, unknown: 0 } });
    expect(replay.runs.map(({ status, differences }) => [status, differences])).toEqual([
      ['succeeded', []],
      ['succeeded', []],
    ]);
  });

  it('names the step where a run would go another way', async () => {
    const live = documentOf(nodes('={{ $json.n > 5 }}'), links);
    const replay = await tried(live, [{ n: 9 }, { n: 7 }, { n: 1 }], documentOf(nodes('={{ $json.n > 8 }}'), links));
    expect(replay.runs.map(({ verdict }) => verdict)).toEqual(['same', 'path', 'same']);
    expect(replay.runs[1]!.differences[0]).toMatchObject({
      kind: 'path',
      nodeId: 'check',
      why: '"check" sends on by false, and sent on by true before',
    });
    expect(replay.runs[1]!.differences.at(-1)).toMatchObject({ kind: 'unknown', nodeId: 'small' });
  });

  it('names the step that makes other data', async () => {
    const live = documentOf([start, set('total', { total: '={{ $json.n * 2 }}' })]);
    const draft = documentOf([start, set('total', { total: '={{ $json.n < 5 ? $json.n * 2 : 0 }}' })]);
    const replay = await tried(live, [{ n: 9 }, { n: 1 }], draft);
    expect(replay.runs.map(({ verdict }) => verdict)).toEqual(['same', 'data']);
    expect(replay.runs[1]!.differences).toMatchObject([
      { kind: 'data', nodeId: 'total', why: '"total" makes other data: total: 18, now 0' },
    ]);
  });

  it('answers a step with effects from the journal as long as it asks the same, also where steps were put before it', async () => {
    const live = documentOf([
      start,
      send('send', '={{ { n: $json.n } }}'),
      set('end', { n: "={{ $('start').item.json.n }}" }),
    ]);
    const between = set('between', { more: true });
    const same = await tried(live, [{ n: 1 }], documentOf([start, between, live.nodes[1]!, live.nodes[2]!]));
    expect(same.runs[0]).toMatchObject({ verdict: 'path' });
    expect(same.runs[0]!.differences.map(({ why }) => why)).toEqual(['"between" runs now, and did not before']);
    const other = await tried(live, [{ n: 1 }], documentOf([start, send('send', '={{ { n: 2 } }}'), live.nodes[2]!]));
    expect(other.runs[0]).toMatchObject({
      verdict: 'unknown',
      differences: [{ nodeId: 'send', why: '"send" asks something else of the outside than before' }],
    });
  });

  it('says that a step with effects that never ran is unknown', async () => {
    const live = documentOf([start, set('mark', { m: 1 })]);
    const replay = await tried(live, [{ n: 1 }], documentOf([start, set('mark', { m: 1 }), send('new')]));
    expect(replay.runs[0]).toMatchObject({ verdict: 'unknown', differences: [{ nodeId: 'new' }] });
  });

  it('runs code in the sandbox, and makes nothing of data that are other each time', async () => {
    const code = (id: string, text: string) => node(id, 'core.code', { code: text });
    const now = code('now', 'return [{ json: { at: Math.random() } }]');
    const live = documentOf([start, now, code('add', 'return [{ json: { sum: 1 + 1 } }]')]);
    expect((await tried(live, [{}], live)).counts.same).toBe(1);
    const draft = documentOf([start, now, code('add', 'return [{ json: { sum: 1 + 2 } }]')]);
    expect((await tried(live, [{}], draft)).runs[0]!.differences).toMatchObject([
      { kind: 'data', nodeId: 'add', why: '"add" makes other data: sum: 2, now 3' },
    ]);
  });

  it('follows failures, waits, retries and loops', async () => {
    const looped = ['start>each', 'each.loop>pause', 'pause>send', 'send>each.next', 'each.done>stop'];
    const parts = [
      start,
      node('each', 'core.loop'),
      node('pause', 'core.wait', { for: '1s' }),
      send('send'),
      node('stop', 'core.stop', { message: 'enough' }),
    ];
    const live = documentOf(parts, looped);
    const same = await tried(live, [[{ n: 1 }, { n: 2 }]], live);
    expect(same.runs[0]).toMatchObject({ status: 'failed', verdict: 'same' });
    const mended = documentOf([...parts.slice(0, 4), node('stop', 'core.noop')], looped);
    const replay = await tried(live, [[{ n: 1 }]], mended);
    expect(replay.runs[0]!.differences).toMatchObject([
      { kind: 'path', nodeId: 'stop', why: '"stop" does not fail any more' },
    ]);
  });

  it('does not know what to say of runs whose items are gone, and refuses a draft with errors', async () => {
    const live = documentOf([start, set('mark', { m: 1 })]);
    const { body } = await server.call('POST', '/api/workflows', { json: live });
    const id = body.id as string;
    const replay = (json: object) => server.call('POST', `/api/workflows/${id}/replay`, { json });
    await server.call('POST', `/api/workflows/${id}/publish`, { json: {} });
    const run = await server.call('POST', '/api/runs?wait=20s', { json: { workflowId: id, input: { n: 1 } } });
    await server.db.database.query('DELETE FROM run_data WHERE run_id = $1', [run.body.id]);
    expect((await replay({})).body.runs[0]).toMatchObject({
      verdict: 'unknown',
      why: expect.stringContaining('not kept'),
    });
    await server.call('PUT', `/api/workflows/${id}`, {
      ifMatch: '*',
      json: documentOf([start, node('bad', 'core.set', { nonsense: 1 })]),
    });
    expect(await replay({})).toMatchObject({ status: 422, body: { code: 'workflow.invalid' } });
    expect((await replay({ version: 1 })).status).toBe(200);
    expect((await replay({ version: 9 })).status).toBe(404);
  });
});
