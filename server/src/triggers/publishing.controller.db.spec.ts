import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { aChain, aWebhook, publish, save } from './webhook-workflow.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const set = { id: 'set', type: 'core.set', parameters: { fields: { a: 1 } } };
const call = (method: string, path: string, json?: unknown) =>
  server.call(method, `/api/workflows/${path}`, json === undefined ? {} : { json, ifMatch: '*' });
const hook = (path: string, method = 'POST') => fetch(`${server.url}/hooks/${path}`, { method });

describe('publishing', () => {
  it('makes webhooks answer before it returns, and unpublishing silences them', async () => {
    const id = await save(server, aChain('Orders', aWebhook('pub-orders'), set));
    expect((await hook('pub-orders')).status).toBe(404);
    expect((await call('POST', `${id}/publish`)).body).toEqual({ version: 1 });
    expect((await hook('pub-orders')).status).toBe(202);
    expect((await call('GET', id)).body).toMatchObject({ live: 1, versions: [{ version: 1 }] });
    expect((await call('POST', `${id}/unpublish`)).status).toBe(200);
    expect((await hook('pub-orders')).status).toBe(404);
    expect((await call('GET', id)).body.live).toBeNull();
  });

  it('gives an unchanged draft the same version, and a changed one the next', async () => {
    const id = await publish(server, aChain('Same', aWebhook('pub-same'), set));
    expect((await call('POST', `${id}/publish`, {})).body).toEqual({ version: 1 });
    await call('PUT', id, aChain('Same', aWebhook('pub-same-2'), set));
    expect((await call('POST', `${id}/publish`)).body).toEqual({ version: 2 });
    expect((await hook('pub-same')).status).toBe(404);
    expect((await hook('pub-same-2')).status).toBe(202);
  });

  it('rolls back to an older version, and forward again', async () => {
    const id = await publish(server, aChain('Back', aWebhook('pub-back-1'), set));
    await call('PUT', id, aChain('Back', aWebhook('pub-back-2'), set));
    await call('POST', `${id}/publish`);
    expect((await call('POST', `${id}/publish`, { version: 1 })).body).toEqual({ version: 1 });
    expect((await hook('pub-back-1')).status).toBe(202);
    expect((await hook('pub-back-2')).status).toBe(404);
    expect((await call('POST', `${id}/publish`)).body).toEqual({ version: 2 });
    const { items } = (await call('GET', `${id}/versions`)).body;
    expect(items.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect(items[0]).toMatchObject({ createdAt: expect.any(String), createdBy: expect.any(String) });
    expect((await call('GET', `${id}/versions/1`)).body.document.nodes[0].parameters.path).toBe('pub-back-1');
    expect((await call('POST', `${id}/publish`, { version: 9 })).status).toBe(404);
  });

  it('refuses a document with errors and lists them', async () => {
    const id = await save(server, aChain('Broken', aWebhook('pub-broken'), { id: 'x', type: 'no.such' }));
    expect(await call('POST', `${id}/publish`)).toMatchObject({
      status: 422,
      body: { code: 'workflow.invalid', problems: [expect.objectContaining({ code: 'node.typeUnknown' })] },
    });
    expect((await hook('pub-broken')).status).toBe(404);
  });

  it('refuses a path that another workflow answers, names it, and changes nothing', async () => {
    const first = await publish(server, aChain('First', aWebhook('pub-taken/:id', { method: 'POST' }), set));
    for (const [path, method] of [
      ['pub-taken/:other', 'POST'],
      ['/pub-taken/:id/', 'ANY'],
    ] as const) {
      const id = await save(server, aChain('Second', aWebhook(path, { method }), set));
      expect(await call('POST', `${id}/publish`)).toMatchObject({
        status: 409,
        body: { code: 'webhook.pathTaken', workflowId: first, workflowName: 'First' },
      });
      expect((await call('GET', id)).body).toMatchObject({ live: null, versions: [] });
    }
  });

  it('lets workflows share a path with different methods, and nodes of one workflow a method and ANY', async () => {
    await publish(server, aChain('Post', aWebhook('pub-share', { method: 'POST' }), set));
    await publish(server, aChain('Get', aWebhook('pub-share', { method: 'GET' }), set));
    const both = aChain('Both', aWebhook('pub-both', { method: 'POST' }), set);
    (both['nodes'] as unknown[]).push({ ...aWebhook('pub-both', { method: 'ANY' }), id: 'any', name: 'any' });
    await publish(server, both);
    expect((await hook('pub-both', 'PUT')).status).toBe(202);
  });

  it('does not arm disabled webhooks', async () => {
    const document = aChain('Off', aWebhook('pub-off', {}, { disabled: true }), set);
    (document['nodes'] as unknown[]).push({
      id: 'man',
      name: 'man',
      type: 'core.manual',
      typeVersion: 1,
      parameters: {},
    });
    await publish(server, document);
    expect((await hook('pub-off')).status).toBe(404);
  });

  it('lets one of two that want the same path at once have it', async () => {
    const ids = await Promise.all([1, 2, 3].map((n) => save(server, aChain(`Race ${n}`, aWebhook('pub-race'), set))));
    const answers = await Promise.all(ids.map((id) => call('POST', `${id}/publish`)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
  });

  it('keeps a live workflow from being deleted', async () => {
    const id = await publish(server, aChain('Kept', aWebhook('pub-kept'), set));
    expect(await call('DELETE', id)).toMatchObject({ status: 409, body: { code: 'workflow.live' } });
    await call('POST', `${id}/unpublish`);
    expect((await call('DELETE', id)).status).toBe(204);
  });

  it('does not exist for workflows of other projects', async () => {
    const id = await save(server, aChain('Foreign', aWebhook('pub-foreign'), set));
    await server.db.database.query('UPDATE workflow SET project_id = gen_random_uuid() WHERE id = $1', [id]);
    for (const path of ['publish', 'unpublish']) expect((await call('POST', `${id}/${path}`)).status).toBe(404);
    expect((await call('POST', `${id}/listen`, { nodeId: 'hook' })).status).toBe(404);
  });

  it.each([[], 'x', 5, { version: 'x' }, { version: -1 }, { version: 1e12 }])(
    'never fails for a body of %j',
    async (body) => {
      const id = await save(server, aChain('Body', aWebhook('pub-body'), set));
      expect((await call('POST', `${id}/publish`, body)).status).toBe(400);
      expect((await call('POST', `${id}/listen`, body)).status).toBe(400);
    },
  );
});
