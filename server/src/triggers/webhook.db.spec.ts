import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import {
  aChain,
  aWebhook,
  echo,
  pass,
  publish,
  stop,
  waiting,
  webhookCalls,
  type TestNode,
} from './webhook-workflow.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { WFAIB_BODY_LIMIT: '64kb' } });
});
afterAll(() => server?.stop());

const { call, post, runOf, live } = webhookCalls(() => server);

describe('what a workflow sees of a call', () => {
  it('is body, headers, query, params, method and path', async () => {
    await publish(server, aChain('Seen', aWebhook('seen/:shop/:id', { respond: 'respondNode' }), echo));
    const response = await post(
      'seen/caf%C3%A9/7?a=1&b=2&b=3&__proto__=x',
      { qty: 2 },
      { 'X-Extra': 'yes', cookie: 'session=1' },
    );
    expect(response.status).toBe(200);
    const seen = (await response.json()) as Record<string, Record<string, unknown>>;
    expect(seen).toMatchObject({
      body: { qty: 2 },
      query: { a: '1', b: ['2', '3'] },
      params: { shop: 'café', id: '7' },
      method: 'POST',
      path: 'seen/café/7',
    });
    expect(seen['headers']).toMatchObject({ 'x-extra': 'yes', 'content-type': 'application/json' });
    expect(seen['headers']).not.toHaveProperty('cookie');
  });

  it('is never evaluated', async () => {
    const path = await live({ respond: 'respondNode' }, { ...echo, parameters: { body: '={{ $json.body }}' } });
    const sent = { a: '={{ 1 + 1 }}', b: '{{ $json }}', c: '=x', files: [{ filepath: '/etc/passwd' }] };
    expect(await (await post(path, sent)).json()).toEqual(sent);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2', { a: '1', b: '2' }],
    ['text', 'text/plain', 'hello', 'hello'],
    ['XML', 'application/xml', '<a/>', '<a/>'],
    ['JSON of a vendor', 'application/vnd.api+json', '[1]', [1]],
    ['JSON in upper case', 'APPLICATION/JSON', '"x"', 'x'],
  ])('is the body of %s', async (_what, type, body, expected) => {
    const path = await live({ respond: 'respondNode' }, echo);
    const response = await call(`/hooks/${path}`, { body, headers: { 'content-type': type } });
    expect(((await response.json()) as { body: unknown }).body).toEqual(expected);
  });

  it('is a packed body unpacked, within the limit', async () => {
    const path = await live({ respond: 'respondNode' }, echo);
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const response = await call(`/hooks/${path}`, { body: gzipSync('{"a":1}'), headers });
    expect(((await response.json()) as { body: unknown }).body).toEqual({ a: 1 });
    expect((await call(`/hooks/${path}`, { body: gzipSync('x'.repeat(1_000_000)), headers })).status).toBe(400);
    expect(
      (await call(`/hooks/${path}`, { body: '{}', headers: { ...headers, 'content-encoding': 'rot13' } })).status,
    ).toBe(415);
  });

  it('is a file for each part of a multipart body, and for bytes', async () => {
    const path = await live({ respond: 'lastNode' }, pass);
    const form = new FormData();
    form.set('note', 'hi');
    form.set('photo', new File([Buffer.from([1, 2, 3])], '../../evil.png', { type: 'image/png' }));
    const run = await runOf(await call(`/hooks/${path}`, { body: form }));
    const [item] = run.result.items;
    expect(item.json.body).toEqual({ note: 'hi' });
    expect(item.files.photo).toMatchObject({ name: 'evil.png', mimeType: 'image/png', size: 3 });
    const file = await fetch(`${server.url}/api/runs/${run.id}/files/${item.files.photo.id}`, {
      headers: { authorization: 'Bearer owner-key-of-the-test-server' },
    });
    expect(Buffer.from(await file.arrayBuffer())).toEqual(Buffer.from([1, 2, 3]));
    const bytes = await runOf(
      await call(`/hooks/${path}`, { body: Buffer.from([9]), headers: { 'content-type': 'image/gif' } }),
    );
    expect(bytes.result.items[0].files.data).toMatchObject({ mimeType: 'image/gif', size: 1 });
  });

  it('is the body as a file where it is to be kept as it came', async () => {
    const path = await live({ respond: 'lastNode', rawBody: true }, pass);
    const run = await runOf(await post(path, { a: 1 }));
    expect(run.result.items[0]).toMatchObject({
      json: { body: {} },
      files: { data: { mimeType: 'application/json', size: 7 } },
    });
  });
});

describe('the answer', () => {
  it('comes at once, with 202 or the status asked for', async () => {
    const response = await post(await live({}, pass), {});
    const runId = response.headers.get('x-wfaib-run-id');
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ runId, status: 'pending' });
    expect((await runOf(response)).status).toBe('succeeded');
    expect((await post(await live({ status: 204 }, pass), {})).status).toBe(204);
  });

  it('comes from the last node, its first item or all of them', async () => {
    const split: TestNode = { id: 'split', type: 'core.split', parameters: { field: 'body.list' } };
    const first = await post(await live({ respond: 'lastNode', status: 201 }, split), { list: [{ n: 1 }, { n: 2 }] });
    expect([first.status, await first.json()]).toEqual([201, { n: 1 }]);
    const path = await live({ respond: 'lastNode', respondData: 'allItems' }, split);
    expect(await (await post(path, { list: [{ n: 1 }, { n: 2 }] })).json()).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('is an empty object or list where the last node gave nothing', async () => {
    const none: TestNode = { id: 'none', type: 'core.filter', parameters: { condition: '={{ false }}' } };
    expect(await (await post(await live({ respond: 'lastNode' }, none), {})).json()).toEqual({});
    expect(await (await post(await live({ respond: 'lastNode', respondData: 'allItems' }, none), {})).json()).toEqual(
      [],
    );
  });

  it('comes from a Respond node with its status, headers and body; headers of the server stay its own', async () => {
    const headers = {
      'X-Mine': 'yes',
      'Set-Cookie': 'a=b',
      'Content-Security-Policy': 'none',
      'X-Bad': 'a\r\nb: c',
      'Content-Length': '1',
    };
    const respond = { ...echo, parameters: { status: 418, headers, body: 'short and stout' } };
    const response = await post(await live({ respond: 'respondNode' }, respond), {});
    expect([response.status, await response.text()]).toEqual([418, 'short and stout']);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(response.headers.get('x-mine')).toBe('yes');
    for (const name of ['set-cookie', 'x-bad', 'b']) expect(response.headers.get(name)).toBeNull();
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('comes from the Respond node while the run goes on', async () => {
    const response = await post(
      await live({ respond: 'respondNode' }, { ...echo, parameters: { body: 'now' } }, waiting),
      {},
    );
    expect(await response.text()).toBe('now');
    expect((await runOf(response, '0s')).status).not.toBe('succeeded');
  });

  it('says how the run ended where no Respond node was reached', async () => {
    const response = await post(await live({ respond: 'respondNode' }, pass), {});
    expect([response.status, await response.json()]).toEqual([
      200,
      { runId: response.headers.get('x-wfaib-run-id'), status: 'succeeded' },
    ]);
  });

  it.each(['lastNode', 'respondNode'])('is 500 where the run fails before it (%s)', async (respond) => {
    const response = await post(await live({ respond }, stop), {});
    const runId = response.headers.get('x-wfaib-run-id');
    expect([response.status, await response.json()]).toMatchObject([500, { code: 'run.failed', runId }]);
  });

  it.each(['lastNode', 'respondNode'])('is 202 when it takes too long, and the run goes on (%s)', async (respond) => {
    const response = await post(await live({ respond, replyTimeout: '300ms' }, waiting), {});
    const runId = response.headers.get('x-wfaib-run-id');
    const body = (await response.json()) as { status: string };
    expect([response.status, body]).toMatchObject([202, { runId }]);
    const run = (await server.call('GET', `/api/runs/${runId}`)).body;
    expect(['running', 'waiting']).toContain(run.status);
  });

  it.each(['lastNode', 'respondNode'])(
    'is late rather than a promise of a run that is not stored (%s)',
    async (respond) => {
      const busy = {
        language: 'javascript',
        mode: 'all',
        code: 'const end = Date.now() + 1500; while (Date.now() < end); return items;',
      };
      const path = await live({ respond, replyTimeout: '200ms' }, { id: 'code', type: 'core.code', parameters: busy });
      const response = await post(path, {});
      expect([200, 202]).toContain(response.status);
      expect((await runOf(response)).status).toBe('succeeded');
    },
  );

  it('can be lost: a run goes on when its caller has left', async () => {
    const path = await live({ respond: 'lastNode' }, { id: 'wait', type: 'core.wait', parameters: { for: '500ms' } });
    await expect(call(`/hooks/${path}`, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/aborted|timeout/i);
    const { items } = (await server.call('GET', `/api/runs?q=${path}`)).body;
    expect(items).toHaveLength(1);
    expect((await server.call('GET', `/api/runs/${items[0].id}?wait=10s`)).body.status).toBe('succeeded');
  });
});

describe('methods and paths', () => {
  it('answers HEAD like GET, without a body', async () => {
    const path = await live({ method: 'GET', respond: 'respondNode' }, echo);
    const response = await call(`/hooks/${path}`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect((await runOf(response)).status).toBe('succeeded');
  });

  it('answers 405 with the methods there are, 404 where there are none', async () => {
    const path = await live({ method: 'PUT' }, pass);
    const wrong = await call(`/hooks/${path}`, { method: 'GET' });
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'PUT, OPTIONS']);
    expect(await wrong.json()).toMatchObject({ code: 'request.methodNotAllowed' });
    const unknown = await call('/hooks/nobody/home');
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'webhook.notFound' }]);
    expect((await call('/hooks/%zz')).status).toBeLessThan(500);
  });

  it('tells browsers of other origins what they may send', async () => {
    const path = await live({ method: 'POST' }, pass);
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-a',
    };
    const response = await call(`/hooks/${path}`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS');
    expect(response.headers.get('access-control-allow-headers')).toBe('x-a');
    expect((await call('/hooks/nobody', { method: 'OPTIONS' })).status).toBe(404);
  });

  it('answers under /webhook as well', async () => {
    const path = await live({ method: 'ANY', respond: 'respondNode' }, echo);
    for (const method of ['GET', 'POST', 'DELETE', 'PATCH']) {
      expect(await (await call(`/webhook/${path}`, { method })).json()).toMatchObject({ method, path });
    }
  });

  it.each([
    ['broken JSON', 'application/json', '{"a":', 400],
    ['JSON without end', 'application/json', '['.repeat(30_000), 400],
    ['a broken multipart body', 'multipart/form-data; boundary=x', '--x\r\nnonsense', 400],
    ['a multipart body without boundary', 'multipart/form-data', 'x', 400],
    ['too much', 'text/plain', 'x'.repeat(70_000), 413],
    ['a type that is none', 'x;;;=', 'abc', 415],
  ])('refuses %s', async (_what, type, body, status) => {
    const path = await live({}, pass);
    const response = await call(`/hooks/${path}`, { body, headers: { 'content-type': type } });
    expect(response.status).toBe(status);
    expect(await response.json()).toHaveProperty('requestId');
  });

  it.each([
    ['null', 'application/json', 'null'],
    ['a NUL character', 'application/json', '{"a\\u0000":"\\u0000"}'],
    ['half a surrogate pair', 'application/json', '{"a":"\\ud800"}'],
    ['a prototype', 'application/json', '{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}'],
    ['text with a NUL character', 'text/plain', 'a\0b'],
    ['no JSON in disguise', 'application/octet-stream', '{"files":[{"filepath":"/etc/passwd"}]}'],
  ])('runs with a body of %s', async (_what, type, body) => {
    const path = await live({ respond: 'respondNode' }, echo);
    const response = await call(`/hooks/${path}`, { body, headers: { 'content-type': type } });
    expect(response.status).toBe(200);
    expect((await runOf(response)).status).toBe('succeeded');
  });
});

describe('callers', () => {
  async function aCredential(kind: string, values: Record<string, string>): Promise<string> {
    const { status, body } = await server.call('POST', '/api/credentials', { json: { name: kind, kind, values } });
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id as string;
  }

  async function guarded(parameters: Record<string, unknown>, credential: string): Promise<string> {
    const path = `guarded-${credential}`;
    await publish(
      server,
      aChain(
        path,
        aWebhook(path, { respond: 'respondNode', ...parameters }, { credentials: { auth: credential } }),
        echo,
      ),
    );
    return path;
  }

  it('show a user name and a password, which the workflow does not get to see', async () => {
    const path = await guarded({ auth: 'basic' }, await aCredential('basic', { username: 'ann', password: 'secret' }));
    const refused = await post(path, {});
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
    const response = await post(path, {}, { authorization: `Basic ${Buffer.from('ann:secret').toString('base64')}` });
    expect(((await response.json()) as { headers: object }).headers).not.toHaveProperty('authorization');
  });

  it('show a secret header', async () => {
    const path = await guarded({ auth: 'header' }, await aCredential('header', { name: 'X-Key', value: 'secret' }));
    expect((await post(path, {}, { 'x-key': 'wrong' })).status).toBe(401);
    expect((await post(path, {}, { 'x-key': 'secret' })).status).toBe(200);
  });

  it('sign what they send, as GitHub does', async () => {
    const path = await guarded({ auth: 'hmac' }, await aCredential('hmac', { secret: 'key' }));
    const body = '{"a": 1}';
    const sign = (text: string) => `sha256=${createHmac('sha256', 'key').update(text).digest('hex')}`;
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) };
    expect((await call(`/hooks/${path}`, { body, headers })).status).toBe(200);
    expect((await call(`/hooks/${path}`, { body: '{"a": 2}', headers })).status).toBe(401);
    expect((await call(`/hooks/${path}`, { body })).status).toBe(401);
  });
});
