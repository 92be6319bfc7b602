import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { WFAIB_BODY_LIMIT: '1kb' } });
});
afterAll(() => server?.stop());

describe('a failed request', () => {
  const cases: [
    what: string,
    method: string,
    path: string,
    options: Parameters<TestServer['call']>[2],
    status: number,
    code: string,
  ][] = [
    ['an unknown address', 'GET', '/api/nothing', {}, 404, 'route.notFound'],
    ['a known address with another method', 'PATCH', '/api/api-keys', {}, 405, 'request.methodNotAllowed'],
    [
      'a known address with a parameter and another method',
      'GET',
      '/api/api-keys/1',
      {},
      405,
      'request.methodNotAllowed',
    ],
    ['a body over the limit', 'POST', '/api/api-keys', { json: { name: 'x'.repeat(2000) } }, 413, 'request.tooLarge'],
    [
      'a body of another type',
      'POST',
      '/api/api-keys',
      { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'request.mediaType',
    ],
    [
      'broken JSON',
      'POST',
      '/api/session',
      { body: '{"email":', headers: { 'content-type': 'application/json' } },
      400,
      'request.jsonInvalid',
    ],
    [
      'text that is no UTF-8 JSON',
      'POST',
      '/api/session',
      { body: 'nul', headers: { 'content-type': 'application/json' } },
      400,
      'request.jsonInvalid',
    ],
    ['a missing field', 'POST', '/api/api-keys', { json: {} }, 400, 'request.invalid'],
    ['a list instead of an object', 'POST', '/api/api-keys', { json: [] }, 400, 'request.invalid'],
    ['no body', 'POST', '/api/api-keys', {}, 400, 'request.invalid'],
    [
      'a character that cannot be stored',
      'POST',
      '/api/api-keys',
      { json: { name: 'a\u0000b' } },
      400,
      'request.invalid',
    ],
    ['an id that is none', 'DELETE', '/api/api-keys/xyz', {}, 404, 'notFound'],
    ['an id of nothing', 'DELETE', '/api/api-keys/00000000-0000-7000-8000-000000000000', {}, 404, 'apiKey.notFound'],
    ['an address that cannot be decoded', 'GET', '/api/%zz', {}, 404, 'route.notFound'],
    ['nobody signed in', 'GET', '/api/api-keys', { headers: {} }, 401, 'auth.required'],
  ];
  it.each(cases)(
    'by %s answers its code, a message and the request id',
    async (_what, method, path, options, status, code) => {
      const reply = await server.call(method, path, options);
      expect(reply).toMatchObject({
        status,
        body: { code, message: expect.any(String), requestId: reply.headers.get('x-request-id') },
      });
    },
  );

  it('says which methods an address takes', async () => {
    expect((await server.call('PUT', '/api/session')).headers.get('allow')).toBe('DELETE, GET, HEAD, POST');
  });

  it('names the field that is wrong', async () => {
    const reply = await server.call('POST', '/api/api-keys', { json: { name: '' } });
    expect(reply.body.problems).toEqual([{ path: 'name', message: expect.any(String) }]);
  });

  it('keeps the request id of the caller', async () => {
    const reply = await server.call('GET', '/api/nothing', { headers: { 'x-request-id': 'from-outside-1' } });
    expect(reply.body.requestId).toBe('from-outside-1');
  });
});

describe('what machines ask', () => {
  it('is alive', async () => {
    expect(await server.call('GET', '/health/live', { headers: {} })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
  });

  it('is ready, and says with which engine', async () => {
    const { status, body } = await server.call('GET', '/health/ready', { headers: {} });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        status: expect.stringMatching(/^(ok|degraded)$/),
        version: '0.1.0',
        engine: 'queue',
        checks: { database: { ok: true } },
      },
    });
  });

  it('reports on every part of the installation to who runs it', async () => {
    expect((await server.call('GET', '/api/system', { headers: {} })).status).toBe(401);
    const backup = async () => {
      const { body } = await server.call('GET', '/api/system');
      return { body, part: body.parts.find((part: { id: string }) => part.id === 'backup') };
    };
    const before = await backup();
    expect(before.part).toMatchObject({ state: 'warn', fix: expect.stringContaining('backup.sh') });
    expect(before.body.parts.map((part: { id: string }) => part.id)).toEqual(
      expect.arrayContaining([
        'database',
        'engine',
        'queue',
        'disk',
        'encryptionKey',
        'publicUrl',
        'clock',
        'schedules',
      ]),
    );
    expect(before.body.processes).toContainEqual(expect.objectContaining({ role: 'all', pid: process.pid }));
    expect(before.body.runs).toEqual({ pending: 0, running: 0, waiting: 0, paused: 0, oldestPendingMs: 0 });
    expect((await server.call('POST', '/api/system/backups')).status).toBe(204);
    expect((await backup()).part.state).toBe('ok');
  });

  it('gives metrics by route', async () => {
    const { status, body } = await server.call('GET', '/metrics', { headers: {} });
    expect(status).toBe(200);
    expect(body).toMatch(/wfaib_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"/);
  });

  it('refuses fields it does not know, and names them', async () => {
    const answer = await server.call('POST', '/api/api-keys', { json: { name: 'x', scopes: ['run:read'] } });
    expect(answer).toMatchObject({ status: 400, body: { message: expect.stringContaining('"scopes"') } });
  });

  it('describes the API from the schemas that check it', async () => {
    const { body } = await server.call('GET', '/api/openapi.json', { headers: {} });
    expect(body.paths['/api/api-keys'].post.requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/CreateApiKey',
    });
    expect(body.components.schemas.CreateApiKey).toMatchObject({ required: ['name'], additionalProperties: false });
    for (const [method, path] of [
      ['post', '/api/workflows'],
      ['put', '/api/workflows/{id}'],
      ['post', '/api/workflows/validate'],
    ] as const) {
      const { schema } = body.paths[path][method].requestBody.content['application/json'];
      expect([path, schema.required]).toEqual([path, ['wfaib', 'name', 'nodes', 'connections']]);
    }
    expect(JSON.stringify(body)).not.toContain('#/$defs');
    expect(body.paths['/api/api-keys'].get.responses.default.content['application/json'].schema.$ref).toBe(
      '#/components/schemas/Error',
    );
  });
});

it('forbids pages to run foreign scripts', async () => {
  const { headers } = await server.call('GET', '/health/live');
  expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

it('puts what workflows answer into a sandbox', async () => {
  expect((await server.call('GET', '/hooks/none')).headers.get('content-security-policy')).toMatch(/^sandbox/);
});

it('lists its process in the data folder', () => {
  const entries = JSON.parse(readFileSync(join(server.dataDir, 'processes.json'), 'utf8'));
  expect(entries).toContainEqual({ role: 'all', pid: process.pid });
  expect(statSync(join(server.dataDir, 'processes.json')).isFile()).toBe(true);
});
