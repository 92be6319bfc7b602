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
const documentOf = (...nodes: ReturnType<typeof node>[]) => ({
  wfaib: 1,
  name: 'Test',
  nodes,
  connections: nodes.slice(1).map(({ id }, index) => ({ from: { node: nodes[index]!.id }, to: { node: id } })),
});
const twice = documentOf(
  node('start', 'core.manual'),
  node('twice', 'core.set', { fields: { twice: '={{ $json.n * 2 }}' } }),
);
const start = (json: object, wait = '5s') => server.call('POST', `/api/runs?wait=${wait}`, { json });

describe('POST /api/runs', () => {
  it('runs a document and answers the ended run', async () => {
    const { status, body } = await start({ document: twice, input: { n: 4 } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'succeeded',
      result: { nodeId: 'twice', itemCount: 1, items: [{ json: { n: 4, twice: 8 } }] },
    });
    expect(body.steps.map((step: { nodeId: string }) => step.nodeId)).toEqual(['start', 'twice']);
  });

  it('starts a test with what the trigger has pinned, a run of production and one that is given items without it', async () => {
    const pinned = [{ json: { n: 5 } }, { json: { n: 6 } }];
    const document = documentOf(
      node('hook', 'core.webhook', { path: 'pinned' }, { pinned }),
      node('twice', 'core.set', { fields: { twice: '={{ $json.n * 2 }}' } }),
    );
    const given = async (more: object) => (await start({ document, ...more })).body.result.items;
    const doubled = [{ json: { n: 5, twice: 10 } }, { json: { n: 6, twice: 12 } }];
    expect(await given({ mode: 'test' })).toMatchObject(doubled);
    expect(await given({ mode: 'test', startAt: 'hook', stopAt: 'twice' })).toMatchObject(doubled);
    expect(await given({ mode: 'test', input: { n: 1 } })).toMatchObject([{ json: { n: 1, twice: 2 } }]);
    expect(await given({ input: undefined })).toMatchObject([{ json: { twice: null } }]);
    expect(await given({ startAt: 'twice', mode: 'test' })).toMatchObject([{ json: { twice: null } }]);
  });

  it('answers at once where nobody waits', async () => {
    const { status, body } = await server.call('POST', '/api/runs', { json: { document: twice } });
    expect(status).toBe(202);
    expect(body).toMatchObject({ status: 'pending', workflowId: null });
    const ended = await server.call('GET', `/api/runs/${body.runId}?wait=5s`);
    expect(ended.body.status).toBe('succeeded');
  });

  it('remembers what started each run, and lists those of some starters', async () => {
    const broken = documentOf(node('start', 'core.manual'), node('stop', 'core.stop', { message: 'no' }));
    const publish = async (document: object): Promise<string> => {
      const { id } = (await server.call('POST', '/api/workflows', { json: document })).body;
      expect((await server.call('POST', `/api/workflows/${id}/publish`, { json: {} })).status).toBe(200);
      return id;
    };
    const told = await publish({ ...documentOf(node('error', 'core.error')), name: 'Told of failures' });
    const hook = node('hook', 'core.webhook', { path: 'starters' });
    await publish({ ...documentOf(hook, node('call', 'core.call', { document: twice })), name: 'Called from outside' });
    const every = await publish(documentOf(node('clock', 'core.schedule', { cron: ['0 0 1 1 *'] })));
    expect((await server.call('POST', '/hooks/starters', { json: {} })).status).toBe(202);
    const failing = await publish({ ...broken, settings: { errorWorkflowId: told } });
    const failed = await start({ workflowId: failing });
    expect(failed.body).toMatchObject({ status: 'failed', startedBy: 'api' });
    await server.call('POST', `/api/runs/${failed.body.id}/retry`, { json: {} });
    const schedules = (await server.call('GET', `/api/schedules?workflowId=${every}`)).body.items;
    await server.call('POST', `/api/schedules/${schedules[0].id}/trigger`, { json: {} });
    for (const starter of ['webhook', 'call', 'error', 'retry', 'schedule']) {
      const list = async () => (await server.call('GET', `/api/runs?startedBy=${starter}`)).body.items;
      await expect.poll(async () => (await list()).length).toBeGreaterThan(0);
      expect(new Set((await list()).map((run: { startedBy: string }) => run.startedBy))).toEqual(new Set([starter]));
    }
    const two = (await server.call('GET', '/api/runs?startedBy=retry,webhook')).body.items;
    expect(new Set(two.map((run: { startedBy: string }) => run.startedBy))).toEqual(new Set(['retry', 'webhook']));
    expect((await server.call('GET', '/api/runs?startedBy=luck')).status).toBe(400);
  });

  it('gives one key one run, and refuses it with another input', async () => {
    const first = await start({ document: twice, input: { n: 1 }, idempotencyKey: 'k1' });
    const again = await start({ document: twice, input: { n: 1 }, idempotencyKey: 'k1' });
    expect(again.status).toBe(200);
    expect(again.body.id).toBe(first.body.id);
    const other = await start({ document: twice, input: { n: 2 }, idempotencyKey: 'k1' });
    expect(other).toMatchObject({ status: 409, body: { code: 'run.keyReused', runId: first.body.id } });
  });

  it('lets a run wait for its turn where its workflow has a limit, and says so', async () => {
    const waiting = documentOf(node('start', 'core.manual'), node('wait', 'core.wait', { webhook: true }));
    const draft = await server.call('POST', '/api/workflows', {
      json: { ...waiting, settings: { maxConcurrentRuns: 1 } },
    });
    const workflowId: string = draft.body.id;
    await server.call('POST', `/api/workflows/${workflowId}/publish`, { json: {} });
    const begin = async (): Promise<string> =>
      (await server.call('POST', '/api/runs', { json: { workflowId } })).body.runId;
    const look = async (id: string) => (await server.call('GET', `/api/runs/${id}`)).body;
    const [first, second] = [await begin(), await begin()];
    await expect.poll(async () => (await look(first)).status).toBe('waiting');
    expect((await look(first)).turn).toBeUndefined();
    const turn = { reason: 'maxConcurrentRuns', limit: 1, ahead: 0 };
    expect(await look(second)).toMatchObject({ status: 'pending', steps: [{ nodeId: 'start' }], turn });
    await server.call('POST', `/api/runs/${first}/cancel`, { json: {} });
    await expect.poll(async () => (await look(second)).status).toBe('waiting');
    expect((await look(second)).turn).toBeUndefined();
    await server.call('POST', `/api/runs/${second}/cancel`, { json: {} });
  });

  it('says what is wrong with a document, a start and a node that is not there', async () => {
    expect((await start({ document: documentOf(node('x', 'core.nothing')) })).body).toMatchObject({
      code: 'workflow.invalid',
    });
    const two = documentOf(node('a', 'core.webhook', { path: 'a' }), node('b', 'core.webhook', { path: 'b' }));
    expect(await start({ document: { ...two, connections: [] } })).toMatchObject({
      status: 422,
      body: { code: 'run.triggerAmbiguous' },
    });
    expect((await start({ document: twice, startAt: 'nowhere' })).status).toBe(422);
    expect((await start({})).status).toBe(400);
  });

  it('starts in the middle and stops where it is told', async () => {
    const document = documentOf(
      ...['a', 'b', 'c'].map((id, index) => node(id, index === 0 ? 'core.manual' : 'core.noop')),
    );
    const { body } = await start({ document, startAt: 'b', stopAt: 'b', input: [{ n: 1 }, { n: 2 }] });
    expect(body.steps.map((step: { nodeId: string }) => step.nodeId)).toEqual(['b']);
    expect(body.result).toMatchObject({ nodeId: 'b', itemCount: 2 });
  });
});

describe('a run that waits', () => {
  const waiting = documentOf(
    node('start', 'core.manual'),
    node('wait', 'core.wait', { webhook: true }),
    node('end', 'core.noop'),
  );
  const begin = async () => {
    const { body } = await server.call('POST', '/api/runs', { json: { document: waiting } });
    return body.runId as string;
  };
  const untilWaiting = async (runId: string) => {
    for (;;) {
      const { body } = await server.call('GET', `/api/runs/${runId}`);
      if (body.status === 'waiting') return body;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  it('is cancelled', async () => {
    const runId = await begin();
    await untilWaiting(runId);
    expect((await server.call('POST', `/api/runs/${runId}/cancel`)).status).toBe(200);
    const { body } = await server.call('GET', `/api/runs/${runId}?wait=5s`);
    expect(body.status).toBe('cancelled');
    expect(body.waits).toEqual([]);
    expect((await server.call('POST', `/api/runs/${runId}/cancel`)).body.code).toBe('run.alreadyEnded');
  });

  it('is resumed by its address, also before the wait is reached, and once only', async () => {
    const early = documentOf(
      node('start', 'core.manual'),
      node('first', 'core.wait', { for: '1s' }),
      node('wait', 'core.wait', { webhook: true }),
      node('end', 'core.set', { fields: { url: '={{ $run.resumeUrl }}' } }),
    );
    const { body } = await server.call('POST', '/api/runs', { json: { document: early } });
    const [{ token }] = (await server.db.database.query<{ token: string }>(
      "SELECT replace(id::text, '-', '') || resume_secret AS token FROM run WHERE id = $1",
      [body.runId],
    )) as [{ token: string }];
    const resume = () => server.call('POST', `/resume/${token}`, { json: { answer: 42 }, headers: {} });
    expect((await resume()).status).toBe(200);
    expect((await resume()).status).toBe(409);
    const ended = await server.call('GET', `/api/runs/${body.runId}?wait=10s`);
    expect(ended.body).toMatchObject({ status: 'succeeded', result: { items: [{ json: { body: { answer: 42 } } }] } });
    expect(ended.body.result.items[0].json.url).toMatch(new RegExp(`/resume/${token}$`));
  });

  it('is not resumed any more once its time was found to be over: the call is told so', async () => {
    const timed = documentOf(node('start', 'core.manual'), node('wait', 'core.wait', { webhook: true, timeout: '1h' }));
    const { body } = await server.call('POST', '/api/runs', { json: { document: timed } });
    const { waits } = await untilWaiting(body.runId);
    await server.db.database.query("UPDATE run_wait SET until = now() - interval '1 ms' WHERE run_id = $1", [
      body.runId,
    ]);
    const { status, body: answer } = await server.call('POST', new URL(waits[0].resumeUrl).pathname, { json: {} });
    expect([status, answer.code]).toEqual([409, 'wait.used']);
  });

  it('shows the address that ends the wait', async () => {
    const runId = await begin();
    const { waits } = await untilWaiting(runId);
    expect(waits).toMatchObject([{ nodeId: 'wait', kind: 'webhook', resumeUrl: expect.stringContaining('/resume/') }]);
    expect((await server.call('POST', `/api/runs/${runId}/resume`)).body.code).toBe('run.notPaused');
  });
});

describe('a run that is paused at steps that failed', () => {
  // A longer limit, so that steps are at work beside each other.
  const parameters = { code: "throw new Error('no luck');", timeoutMs: 10_000 };
  const failing = (id: string) => node(id, 'core.code', parameters, { onError: 'pause' });
  const pausedAt = async (document: object, steps = 1) => {
    const { body } = await server.call('POST', '/api/runs', { json: { document, input: { n: 1 } } });
    for (;;) {
      const run = (await server.call('GET', `/api/runs/${body.runId}`)).body;
      const paused = run.steps.filter((step: { status: string }) => step.status === 'paused');
      if (run.status === 'paused' && paused.length === steps) return run;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const one = documentOf(node('start', 'core.manual'), failing('code'), node('end', 'core.noop'));
  const resume = (id: string, json: object) => server.call('POST', `/api/runs/${id}/resume`, { json });

  it('refuses what does not fit, and says what does', async () => {
    const { id } = await pausedAt(one);
    const refused = async (json: object, status: number, told: object) =>
      expect(await resume(id, json)).toMatchObject({ status, body: told });
    await refused({ action: 'use' }, 400, { message: expect.stringContaining('must hold items') });
    await refused({ action: 'skip', items: [{ n: 1 }] }, 400, { message: expect.stringContaining('must hold items') });
    await refused({ step: 'code' }, 400, { message: expect.stringContaining('must name an action') });
    await refused({ action: 'explode' }, 400, {});
    await refused({ action: 'skip', with: 'everything' }, 400, {});
    await refused({ action: 'done' }, 422, { code: 'step.actionInvalid', message: expect.stringContaining('retry') });
    await refused({ action: 'skip', step: 'end' }, 409, { message: expect.stringContaining('"code"') });
    await server.call('POST', `/api/runs/${id}/cancel`);
  });

  it.each([
    [{ action: 'use', items: { n: 5 } }, [{ n: 5 }]],
    [{ action: 'use', items: [{ n: 5 }, { json: { n: 6 } }] }, [{ n: 5 }, { n: 6 }]],
    [{ action: 'skip' }, [{ n: 1 }]],
  ])('goes on with %o', async (body, result) => {
    const { id } = await pausedAt(one);
    expect((await resume(id, body)).status).toBe(200);
    const ended = (await server.call('GET', `/api/runs/${id}?wait=10s`)).body;
    expect(ended.status).toBe('succeeded');
    expect(ended.result.items.map(({ json }: { json: object }) => json)).toEqual(result);
    expect(await resume(id, body)).toMatchObject({ status: 409, body: { code: 'run.alreadyEnded' } });
  });

  it('wants to know which step is meant where there are several', async () => {
    const document = documentOf(node('start', 'core.manual'), failing('left'), failing('right'));
    const both = {
      ...document,
      connections: ['left', 'right'].map((id) => ({ from: { node: 'start' }, to: { node: id } })),
    };
    const { id } = await pausedAt(both, 2);
    const { status, body } = await resume(id, { action: 'skip' });
    expect(status).toBe(409);
    expect(body.message).toMatch(/"left".*"right"/);
    await server.call('POST', `/api/runs/${id}/cancel`);
  });

  it('is stopped by force: at once, and it says what was left as it is', async () => {
    const { id } = await pausedAt(one);
    expect((await server.call('POST', `/api/runs/${id}/cancel`, { json: { force: 'yes' } })).status).toBe(400);
    const { status, body } = await server.call('POST', `/api/runs/${id}/cancel`, { json: { force: true } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'cancelled', error: { code: 'run.forceStopped' } });
  });
});

describe('a retry', () => {
  it('is a new run that keeps what ended well', async () => {
    const document = documentOf(
      node('start', 'core.manual'),
      node('keep', 'core.set', { fields: { at: '={{ $now.toMillis() }}' } }),
      node('stop', 'core.stop', { message: 'no' }),
    );
    const first = await start({ document, input: { n: 1 } });
    expect(first.body.status).toBe('failed');
    const { status, body } = await server.call('POST', `/api/runs/${first.body.id}/retry`, { json: {} });
    expect(status).toBe(202);
    const again = await server.call('GET', `/api/runs/${body.id}?wait=5s`);
    expect(again.body).toMatchObject({ status: 'failed', retryOf: first.body.id });
    const step = (run: { steps: { nodeId: string }[] }, id: string) => run.steps.find(({ nodeId }) => nodeId === id);
    expect(step(again.body, 'keep')).toMatchObject({
      startedAt: (step(first.body, 'keep') as unknown as { startedAt: string }).startedAt,
    });
  });
});
