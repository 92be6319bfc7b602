import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver, type Receiver } from '../../../../test/support/receiver.js';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';

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
  receiver.status = 200;
  receiver.ledger.length = 0;
});

type TestNode = { id: string; type: string } & Record<string, unknown>;
const node = (id: string, type: string, parameters: object = {}): TestNode => ({ id, name: id, type, parameters });
const set = (id: string, fields: object) => node(id, 'core.set', { fields });
const send = (id: string, path = id) =>
  node(id, 'http.request', { method: 'POST', url: `${receiver.url}/${path}`, bodyType: 'json', body: '={{ $json }}' });
const documentOf = (nodes: TestNode[], links?: string[]) => ({
  wfaib: 1,
  name: 'Test',
  nodes,
  connections: (links ?? nodes.slice(1).map(({ id }, index) => `${nodes[index]!.id}>${id}`)).map((link) => {
    const [from, to] = link.split('>').map((end) => end.split('.'));
    return { from: { node: from![0], port: from![1] ?? 'main' }, to: { node: to![0], port: to![1] ?? 'main' } };
  }),
});

interface Run {
  id: string;
  status: string;
  result: { items: { json: Record<string, unknown> }[] } | null;
  steps: {
    id: string;
    nodeId: string;
    iteration: number[];
    status: string;
    startedAt: string;
    idempotencyKey: string;
  }[];
  kept: { kept: number; again: { nodeId: string; reason: string }[] };
}
const run = async (body: object): Promise<Run> =>
  (await server.call('POST', '/api/runs?wait=20s', { json: body })).body;
const retry = (id: string, body: object = {}) => server.call('POST', `/api/runs/${id}/retry`, { json: body });
const ended = async (id: string): Promise<Run> => (await server.call('GET', `/api/runs/${id}?wait=20s`)).body;
const again = async (id: string, body: object = {}): Promise<Run> => {
  const { status, body: begun } = await retry(id, body);
  expect(begun).toMatchObject({ retryOf: id });
  expect(status).toBe(202);
  return { ...(await ended(begun.id)), kept: begun.kept };
};
const sentTo = (path: string) => receiver.ledger.filter((each) => each.path === `/${path}`);
const keysOf = (path: string) => sentTo(path).map(({ idempotencyKey }) => idempotencyKey);

describe('a retry', () => {
  const document = () =>
    documentOf([node('start', 'core.manual'), send('first'), set('mark', { m: 1 }), send('second')]);

  it('keeps what ended well and repeats the failed step under the same key', async () => {
    const sending = document();
    const first = sending.nodes[1]!;
    Object.assign(first, { onError: 'continue' });
    receiver.status = 500;
    const failed = await run({ document: sending, input: { n: 1 } });
    expect(failed.status).toBe('failed');
    receiver.status = 200;
    const retried = await again(failed.id);
    expect(retried.status).toBe('succeeded');
    expect(retried.kept).toEqual({ kept: 2, again: [{ nodeId: 'second', reason: 'notDone' }] });
    expect(sentTo('first')).toHaveLength(1);
    const keys = keysOf('second');
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
    const { body } = await server.call('GET', `/api/runs/${retried.id}/steps/${retried.steps[1]!.id}/items`);
    expect(body.items).toHaveLength(1);
  });

  it('is told beforehand: what it would keep and do again, and nothing starts', async () => {
    receiver.status = 500;
    const sending = document();
    Object.assign(sending.nodes[1]!, { onError: 'continue' });
    const failed = await run({ document: sending, input: { n: 1 } });
    const forecast = (body: object) => server.call('POST', `/api/runs/${failed.id}/retry/forecast`, { json: body });
    const step = (id: string) => ({ nodeId: id, name: id, visits: 1 });
    expect((await forecast({})).body).toEqual({
      version: null,
      kept: [step('first'), step('mark')],
      again: [{ ...step('second'), reason: 'notDone' }],
    });
    expect((await forecast({ from: 'mark' })).body).toMatchObject({
      kept: [step('first')],
      again: [
        { ...step('mark'), reason: 'start' },
        { ...step('second'), reason: 'notDone' },
      ],
    });
    expect((await forecast({ items: [{ json: { n: 2 } }] })).body).toMatchObject({
      kept: [],
      again: ['first', 'mark', 'second'].map((id) => ({ ...step(id), reason: null })),
    });
    expect((await forecast({ from: 'nowhere' })).status).toBe(422);
    expect((await server.call('GET', `/api/runs/${failed.id}/overview`)).body.retries).toEqual([]);
  });

  it('does all of a run that ended well once more, under the same keys', async () => {
    const done = await run({ document: document(), input: { n: 1 } });
    const retried = await again(done.id);
    expect(retried).toMatchObject({ status: 'succeeded', kept: { kept: 0 } });
    expect(sentTo('first')).toHaveLength(2);
    expect(new Set(keysOf('first')).size).toBe(1);
  });

  it('gives what was undone another key, and what undoes it too: the service would answer with what it took back', async () => {
    const charging = documentOf(
      [node('start', 'core.manual'), send('charge'), node('stop', 'core.stop', { message: 'No.' }), send('refund')],
      ['start>charge', 'charge>stop'],
    );
    Object.assign(charging.nodes[1]!, { compensateWith: 'refund' });
    const failed = await run({ document: charging, input: { n: 1 } });
    const second = await again(failed.id);
    await again(second.id);
    // A sibling of the second: what that one did was undone as well.
    const fourth = await again(failed.id);
    expect(fourth.kept.again).toContainEqual({ nodeId: 'charge', reason: 'undone' });
    expect(fourth.kept.again.map(({ nodeId }) => nodeId)).not.toContain('refund');
    for (const path of ['charge', 'refund']) {
      expect(keysOf(path)).toHaveLength(4);
      expect(new Set(keysOf(path)).size).toBe(4);
    }
    const shown = fourth.steps.find(({ nodeId }) => nodeId === 'charge');
    expect(keysOf('charge')).toContain(shown?.idempotencyKey);
  });

  it('starts from a node, and does that and all that follows again', async () => {
    const done = await run({ document: document(), input: { n: 1 } });
    const retried = await again(done.id, { from: 'mark' });
    expect(retried).toMatchObject({ status: 'succeeded', kept: { kept: 1 } });
    expect(retried.kept.again).toEqual([
      { nodeId: 'mark', reason: 'start' },
      { nodeId: 'second', reason: 'follows' },
    ]);
    expect(sentTo('first')).toHaveLength(1);
    expect(new Set(keysOf('second')).size).toBe(1);
  });

  it('gives edited items to a step, which still finds what came before, and its effects get keys of their own', async () => {
    const nodes = [
      node('start', 'core.manual'),
      set('mark', { m: 1 }),
      send('second'),
      set('end', { before: "={{ $('mark').item.json.n }}", first: "={{ $('start').first().json.n }}" }),
    ];
    const done = await run({ document: documentOf(nodes), input: [{ n: 1 }, { n: 2 }] });
    const items = [{ json: { n: 8 } }, { json: { n: 9 } }];
    const retried = await again(done.id, { from: 'second', items });
    expect(retried).toMatchObject({ status: 'succeeded', kept: { kept: 1 } });
    expect(sentTo('second').map(({ body }) => body)).toEqual([{ n: 1, m: 1 }, { n: 2, m: 1 }, { n: 8 }, { n: 9 }]);
    expect(new Set(keysOf('second')).size).toBe(4);
    expect(retried.result?.items.map(({ json }) => json)).toMatchObject([
      { before: 1, first: 1 },
      { before: 2, first: 1 },
    ]);
    const step = retried.steps.find(({ nodeId }) => nodeId === 'second')!;
    const input = await server.call('GET', `/api/runs/${retried.id}/steps/${step.id}/items?side=input`);
    expect(input.body.items.map(({ json }: { json: unknown }) => json)).toEqual([{ n: 8 }, { n: 9 }]);

    const sameEdit = await again(done.id, { from: 'second', items });
    const otherEdit = await again(done.id, { from: 'second', items: [{ json: { n: 5 } }] });
    const noEdit = await again(done.id, {
      from: 'second',
      items: [{ json: { n: 1, m: 1 } }, { json: { n: 2, m: 1 } }],
    });
    expect([sameEdit.status, otherEdit.status, noEdit.status]).toEqual(['succeeded', 'failed', 'succeeded']);
    const keys = keysOf('second');
    expect(keys.slice(4, 6)).toEqual(keys.slice(2, 4));
    expect(keys.slice(0, 6)).not.toContain(keys[6]);
    expect(keys.slice(7)).toEqual(keys.slice(0, 2));

    const fromTheEdited = await again(retried.id, { from: 'end' });
    expect(fromTheEdited.kept).toMatchObject({ kept: 2, again: [{ nodeId: 'end', reason: 'start' }] });
    expect(fromTheEdited.result).toEqual(retried.result);
    expect((await again(retried.id, { from: 'second' })).status).toBe('succeeded');
    expect(keysOf('second').slice(-2)).toEqual(keys.slice(2, 4));
  });

  it('starts with edited items under other keys', async () => {
    const done = await run({ document: document(), input: { n: 1 } });
    const edited = await again(done.id, { items: [{ json: { n: 2 } }] });
    expect(edited.status).toBe('succeeded');
    expect(new Set(keysOf('first')).size).toBe(2);
    await again(edited.id);
    expect(sentTo('first').map(({ body }) => body)).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
    expect(keysOf('first')[2]).toBe(keysOf('first')[1]);
  });

  it('starts at a node the run never came to, when it is given items', async () => {
    const nodes = [
      node('start', 'core.manual'),
      node('never', 'core.filter', { condition: '={{ false }}' }),
      set('end', { end: true }),
    ];
    const done = await run({ document: documentOf(nodes), input: {} });
    expect(await retry(done.id, { from: 'end' })).toMatchObject({
      status: 422,
      body: { code: 'run.stepNotReached' },
    });
    const retried = await again(done.id, { from: 'end', items: [{ json: { n: 1 } }] });
    expect(retried.result?.items[0]?.json).toEqual({ n: 1, end: true });
  });

  it('forks after an event of the journal', async () => {
    const done = await run({ document: document(), input: { n: 1 } });
    const events = await server.db.database.query<{ seq: number; data: string }>(
      'SELECT seq, data FROM run_event WHERE run_id = $1 ORDER BY seq',
      [done.id],
    );
    const { seq } = events.find(({ data }) => data.includes('"step.succeeded"') && data.includes('"first"'))!;
    const forked = await again(done.id, { at: seq });
    expect(forked).toMatchObject({ status: 'succeeded', kept: { kept: 1 } });
    expect([sentTo('first').length, sentTo('second').length]).toEqual([1, 2]);
    expect(await retry(done.id, { at: events.length })).toMatchObject({ status: 202 });
    expect(await retry(done.id, { at: events.length + 1 })).toMatchObject({
      status: 404,
      body: { code: 'runEvent.notFound' },
    });
  });

  it.each([
    { action: 'use', items: [{ given: true }], status: 'succeeded', first: { given: true } },
    { action: 'skip', status: 'skipped', first: { n: 1 } },
    { action: 'skip', with: 'nothing', status: 'skipped', first: undefined },
  ])('keeps what a person decided at a pause: "$action" ($status)', async ({ status, first, ...decision }) => {
    const pausing = documentOf([node('start', 'core.manual'), send('do'), set('s', { s: 1 })]);
    Object.assign(pausing.nodes[1]!, { onError: 'pause' });
    receiver.status = 404;
    const { body } = await server.call('POST', '/api/runs', { json: { document: pausing, input: { n: 1 } } });
    const statusOf = async () => (await server.call('GET', `/api/runs/${body.runId}`)).body.status;
    await expect.poll(statusOf).toBe('paused');
    await server.call('POST', `/api/runs/${body.runId}/resume`, { json: { step: 'do', ...decision } });
    expect((await ended(body.runId)).status).toBe('succeeded');
    receiver.status = 200;
    const sent = sentTo('do').length;
    const saved = await server.db.database.query<{ seq: number; data: string }>(
      'SELECT seq, data FROM run_event WHERE run_id = $1 ORDER BY seq',
      [body.runId],
    );
    const { seq } = saved.find(({ data }) => data.includes('"step.decided"'))!;
    const retried = await again(body.runId, first === undefined ? { at: seq } : { from: 's' });
    expect(retried.kept).toEqual({ kept: 1, again: first === undefined ? [] : [{ nodeId: 's', reason: 'start' }] });
    expect(retried.steps.find(({ nodeId }) => nodeId === 'do')?.status).toBe(status);
    expect(retried.status).toBe('succeeded');
    expect(retried.result?.items[0]?.json).toEqual(first && { ...first, s: 1 });
    expect(sentTo('do')).toHaveLength(sent);
    const before = await again(body.runId, { at: seq - 1 });
    expect(before.kept.again[0]).toEqual({ nodeId: 'do', reason: 'notDone' });
    expect(sentTo('do')).toHaveLength(sent + 1);
  });
});

describe('a retry from inside of a loop', () => {
  const nodes = () => [
    node('start', 'core.manual'),
    node('loop', 'core.loop'),
    node('check', 'core.if', { condition: '={{ $json.n !== 2 }}' }),
    send('send'),
    node('stop', 'core.stop', { message: 'two' }),
    node('end', 'core.noop'),
  ];
  const links = [
    'start>loop',
    'loop.loop>check',
    'check.true>send',
    'check.false>stop',
    'send>loop.next',
    'loop.done>end',
  ];

  it('keeps the rounds before the failed one, and shows no step that was not done', async () => {
    const failing = documentOf(nodes(), links);
    const saved = await server.call('POST', '/api/workflows', { json: failing });
    await server.call('POST', `/api/workflows/${saved.body.id}/publish`, { json: {} });
    const input = [{ n: 1 }, { n: 2 }, { n: 3 }];
    const failed = await run({ workflowId: saved.body.id, input });
    expect(failed.status).toBe('failed');
    const mended = {
      ...failing,
      nodes: failing.nodes.map((each) => (each.id === 'stop' ? node('stop', 'core.noop') : each)),
    };
    await server.call('PUT', `/api/workflows/${saved.body.id}`, {
      ifMatch: '*',
      json: { ...mended, connections: [...mended.connections, ...documentOf([], ['stop>loop.next']).connections] },
    });
    const retried = await again(failed.id, { version: 'draft' });
    expect(retried.status).toBe('succeeded');
    expect(retried.kept.again).toEqual([{ nodeId: 'stop', reason: 'notDone' }]);
    expect(sentTo('send').map(({ body }) => body)).toEqual([{ n: 1 }, { n: 3 }]);
    const fresh = await run({ workflowId: saved.body.id, version: 'draft', input });
    const shapeOf = ({ steps }: Run) => steps.map(({ nodeId, iteration, status }) => [nodeId, iteration, status]);
    expect(shapeOf(retried)).toEqual(shapeOf(fresh));
  });

  it('does later rounds again when an earlier one is', async () => {
    const done = await run({ document: documentOf(nodes(), links), input: [{ n: 1 }, { n: 3 }, { n: 4 }] });
    const second = done.steps.find(({ nodeId, iteration }) => nodeId === 'send' && iteration[0] === 1)!;
    const retried = await again(done.id, { step: second.id });
    expect(sentTo('send').map(({ body }) => body)).toEqual([{ n: 1 }, { n: 3 }, { n: 4 }, { n: 3 }, { n: 4 }]);
    expect(retried.result?.items).toHaveLength(3);
    const startOf = (each: Run, iteration: number) =>
      each.steps.find(({ nodeId, iteration: [at] }) => nodeId === 'send' && at === iteration)!.startedAt;
    expect(startOf(retried, 0)).toBe(startOf(done, 0));
    expect(startOf(retried, 2) > startOf(done, 2)).toBe(true);
  });

  it('runs a loop on edited items', async () => {
    const done = await run({ document: documentOf(nodes(), links), input: [{ n: 1 }, { n: 3 }] });
    const retried = await again(done.id, {
      from: 'loop',
      items: [{ json: { n: 7 } }, { json: { n: 8 } }, { json: { n: 9 } }],
    });
    expect(sentTo('send').map(({ body }) => body)).toEqual([1, 3, 7, 8, 9].map((n) => ({ n })));
    expect(new Set(keysOf('send')).size).toBe(5);
    expect(retried.result?.items).toHaveLength(3);
  });
});

describe('a retry with another version', () => {
  const saved = async (nodes: TestNode[], links?: string[]) => {
    const { body } = await server.call('POST', '/api/workflows', { json: documentOf(nodes, links) });
    await server.call('POST', `/api/workflows/${body.id}/publish`, { json: {} });
    return body.id as string;
  };
  const draft = (id: string, nodes: TestNode[], links?: string[]) =>
    server.call('PUT', `/api/workflows/${id}`, { ifMatch: '*', json: documentOf(nodes, links) });

  it('keeps steps whose node and upstream are the same, and says why others are not', async () => {
    const nodes = [node('start', 'core.manual'), send('first'), set('mark', { m: 1 }), send('second')];
    const id = await saved(nodes);
    const done = await run({ workflowId: id, input: { n: 1 } });
    await draft(id, [...nodes.slice(0, 2), set('mark', { m: 2 }), { ...nodes[3]!, name: 'Second', position: [9, 9] }]);
    const retried = await again(done.id, { version: 'draft' });
    expect(retried.kept).toEqual({
      kept: 1,
      again: [
        { nodeId: 'mark', reason: 'nodeChanged' },
        { nodeId: 'second', reason: 'follows' },
      ],
    });
    expect(sentTo('first')).toHaveLength(1);
    expect(sentTo('second').map(({ body }) => body)).toMatchObject([{ m: 1 }, { m: 2 }]);
    expect((await server.call('GET', `/api/runs/${retried.id}`)).body.version).toBeNull();
  });

  it('joins again where a branch is gone', async () => {
    const nodes = [
      node('start', 'core.manual'),
      send('a'),
      send('b'),
      node('join', 'core.merge', { inputs: 2 }),
      set('end', { end: true }),
    ];
    const links = ['start>a', 'start>b', 'a>join.in1', 'join>end'];
    const id = await saved(nodes, [...links, 'b>join.in2']);
    const done = await run({ workflowId: id, input: { n: 1 } });
    await draft(id, nodes, links);
    const retried = await again(done.id, { version: 'draft' });
    expect(retried.result?.items).toHaveLength(1);
    expect(retried.kept.again).toMatchObject([{ nodeId: 'join' }, { nodeId: 'end' }]);
    expect([sentTo('a').length, sentTo('b').length]).toEqual([1, 1]);
  });

  it('repeats a step that reads, by name, one that is done again', async () => {
    const nodes = [
      node('start', 'core.manual'),
      set('side', { s: 1 }),
      set('wait', {}),
      set('reads', { s: "={{ $('side').first().json.s }}" }),
    ];
    const links = ['start>side', 'start>wait', 'wait>reads'];
    const id = await saved(nodes, links);
    const done = await run({ workflowId: id, input: {} });
    await draft(id, [nodes[0]!, set('side', { s: 2 }), nodes[2]!, nodes[3]!], links);
    const retried = await again(done.id, { version: 'draft' });
    expect(retried.kept.again).toContainEqual({ nodeId: 'reads', reason: 'readsChanged' });
    expect(retried.result?.items[0]?.json).toMatchObject({ s: 2 });
  });

  it('says what cannot be', async () => {
    const id = await saved([node('start', 'core.manual'), set('mark', { m: 1 })]);
    const done = await run({ workflowId: id, input: {} });
    expect((await retry(done.id, { version: 9 })).status).toBe(404);
    expect(await retry(done.id, { from: 'nowhere' })).toMatchObject({ status: 422, body: { code: 'run.nodeUnknown' } });
    expect((await retry(done.id, { from: 'mark', step: 'x' })).status).toBe(400);
    await draft(id, [node('other', 'core.manual'), set('mark', { m: 1 })]);
    expect((await retry(done.id, { version: 'draft' })).body.code).toBe('run.nodeUnknown');
    const loose = await run({ document: documentOf([node('start', 'core.manual')]), input: {} });
    expect(await retry(loose.id, { version: 'live' })).toMatchObject({ status: 422, body: { code: 'run.noWorkflow' } });
    const waiting = documentOf([node('start', 'core.manual'), node('wait', 'core.wait', { for: '1h' })]);
    const { body } = await server.call('POST', '/api/runs', { json: { document: waiting } });
    expect(await retry(body.runId)).toMatchObject({ status: 409, body: { code: 'run.notEnded' } });
    await server.db.database.query('DELETE FROM run_data WHERE run_id = $1', [done.id]);
    expect(await retry(done.id)).toMatchObject({ status: 409, body: { code: 'run.dataGone' } });
  });
});
