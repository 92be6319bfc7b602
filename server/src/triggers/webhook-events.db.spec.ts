import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { aChain, aWebhook, echo, pass, save, stop, waiting, webhookCalls } from './webhook-workflow.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const { call, post, runOf, live } = webhookCalls(() => server);

describe('the same event sent again', () => {
  const dedupeBy = '={{ $json.headers["x-id"] }}';

  it('gets the answer of the first run', async () => {
    const path = await live(
      { respond: 'respondNode', dedupeBy },
      { ...echo, parameters: { body: '={{ $json.body }}' } },
    );
    const first = await post(path, { n: 1 }, { 'x-id': 'a' });
    const again = await post(path, { n: 2 }, { 'x-id': 'a' });
    expect([await first.json(), await again.json()]).toEqual([{ n: 1 }, { n: 1 }]);
    expect(again.headers.get('x-wfaib-run-id')).toBe(first.headers.get('x-wfaib-run-id'));
    expect(await (await post(path, { n: 3 }, { 'x-id': 'b' })).json()).toEqual({ n: 3 });
  });

  it('many times at once starts one run', async () => {
    const path = await live(
      { respond: 'lastNode', dedupeBy },
      { id: 'wait', type: 'core.wait', parameters: { for: '300ms' } },
    );
    const responses = await Promise.all(Array.from({ length: 5 }, (_, n) => post(path, { n }, { 'x-id': 'same' })));
    expect(new Set(responses.map((response) => response.headers.get('x-wfaib-run-id'))).size).toBe(1);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  it('runs again when the first run failed', async () => {
    const path = await live({ respond: 'lastNode', dedupeBy }, stop);
    const first = await post(path, {}, { 'x-id': 'a' });
    const again = await post(path, {}, { 'x-id': 'a' });
    expect(again.headers.get('x-wfaib-run-id')).not.toBe(first.headers.get('x-wfaib-run-id'));
  });

  it('runs again after a day', async () => {
    const path = await live({ dedupeBy }, pass);
    const first = await post(path, {}, { 'x-id': 'a' });
    await server.db.database.query(`UPDATE webhook_dedupe SET since = since - interval '25 hours'`);
    const again = await post(path, {}, { 'x-id': 'a' });
    expect(again.headers.get('x-wfaib-run-id')).not.toBe(first.headers.get('x-wfaib-run-id'));
  });

  it('cannot be told where it has no value: it runs', async () => {
    const path = await live({ dedupeBy }, pass);
    const ids = [await post(path, {}), await post(path, {})].map((response) => response.headers.get('x-wfaib-run-id'));
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe('an editor that listens', () => {
  it('gets the next call of the draft in test mode, and only that one', async () => {
    const id = await save(server, aChain('Draft', aWebhook('draft/:id', { respond: 'respondNode' }), echo));
    expect((await call('/hooks-test/draft/1')).status).toBe(404);
    const { body } = await server.call('POST', `/api/workflows/${id}/listen`, { json: { nodeId: 'hook' } });
    expect(body).toEqual({ url: `${server.url}/hooks-test/draft/:id`, expiresAt: expect.any(String) });
    expect((await call('/hooks-test/draft/1', { method: 'GET' })).status).toBe(405);
    const response = await call('/hooks-test/draft/1');
    expect(await response.json()).toMatchObject({ params: { id: '1' } });
    expect(await runOf(response)).toMatchObject({ mode: 'test', workflowId: id, version: null });
    expect((await call('/hooks-test/draft/1')).status).toBe(404);
    expect((await call('/hooks/draft/1')).status).toBe(404);
  });

  it('is told an address that can be called as it is, whatever the path is made of', async () => {
    const id = await save(server, aChain('Draft', aWebhook("für alle/it's 50% & more"), pass));
    const { body } = await server.call('POST', `/api/workflows/${id}/listen`, { json: { nodeId: 'hook' } });
    expect(body.url).toBe(`${server.url}/hooks-test/f%C3%BCr%20alle/it%27s%2050%25%20%26%20more`);
    const response = await call(body.url.slice(server.url.length));
    expect(await runOf(response)).toMatchObject({ mode: 'test', workflowId: id });
  });

  it('names a webhook of the draft', async () => {
    const id = await save(server, aChain('Draft', aWebhook('draft-2'), pass));
    for (const nodeId of ['pass', 'nobody']) {
      expect(await server.call('POST', `/api/workflows/${id}/listen`, { json: { nodeId } })).toMatchObject({
        status: 422,
        body: { code: 'webhook.nodeUnknown' },
      });
    }
  });
});

describe('a wait', () => {
  it('is ended by a call, once', async () => {
    const path = await live(
      { respond: 'respondNode' },
      { ...echo, parameters: { body: '={{ $run.resumeUrl }}' } },
      waiting,
    );
    const response = await post(path, {});
    const url = await response.text();
    const resume = () =>
      fetch(url, { method: 'POST', body: '{"ok":true}', headers: { 'content-type': 'application/json' } });
    expect((await resume()).status).toBe(200);
    const run = await runOf(response);
    expect(run).toMatchObject({ status: 'succeeded', result: { items: [{ json: { body: { ok: true } } }] } });
    expect((await resume()).status).toBe(409);
  });

  it('is not ended by a token nobody gave out', async () => {
    for (const token of ['nonsense', '0'.repeat(64), '%00', 'a%2Fb']) {
      expect([token, (await call(`/resume/${token}`)).status]).toEqual([token, 404]);
    }
  });
});
