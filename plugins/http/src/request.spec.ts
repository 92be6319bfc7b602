import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { CallAuth, JsonObject } from '@wfaib/sdk';
import { MemoryFiles, runAction } from '@wfaib/sdk/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import http from './index.js';

interface Seen {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

const seen: Seen[] = [];
let home: Server;
let away: Server;
let base: string;
let elsewhere: string;

beforeAll(async () => {
  home = await listen(answer);
  away = await listen((request, response) => json(response, { headers: request.headers }));
  base = addressOf(home);
  elsewhere = addressOf(away);
});
afterAll(() => {
  home.close();
  away.close();
});

async function listen(handler: (request: IncomingMessage, response: ServerResponse) => unknown): Promise<Server> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString('utf8');
  seen.push({ method: request.method!, url: request.url!, headers: request.headers as Record<string, string>, body });
  const url = new URL(request.url!, base);
  const page = Number(url.searchParams.get('page') ?? url.searchParams.get('cursor') ?? 1);
  const pages: Record<string, () => void> = {
    '/list': () => json(response, [{ a: 1 }, 'two', null]),
    '/object': () => json(response, { a: 1 }),
    '/number': () => json(response, 7),
    '/text': () => response.writeHead(200, { 'content-type': 'text/plain' }).end('plain'),
    '/nothing': () => response.writeHead(204).end(),
    '/gzip': () =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync('{"zipped":true}')),
    '/brokenJson': () => response.writeHead(200, { 'content-type': 'application/json' }).end('{'),
    '/download': () =>
      response
        .writeHead(200, { 'content-type': 'image/png', 'content-disposition': 'attachment; filename="a.png"' })
        .end(Buffer.from([1, 2, 3])),
    '/error': () => response.writeHead(422, { 'content-type': 'text/plain' }).end('x'.repeat(5000)),
    '/later': () => response.writeHead(429, { 'retry-after': '7' }).end(),
    '/slow': () => {},
    '/next': () => json(response, { rows: [{ page }], next: page < 3 ? `/next?page=${page + 1}` : null }),
    '/numbered': () => json(response, { data: { rows: page <= 3 ? [{ page }, { page }] : [] } }),
    '/cursor': () => json(response, { rows: [page], after: page < 4 ? page + 1 : '' }),
    '/same': () => json(response, { rows: [1], next: '/same' }),
    '/away': () => response.writeHead(302, { location: elsewhere }).end(),
    '/round': () => response.writeHead(302, { location: '/round' }).end(),
    '/seeOther': () => response.writeHead(303, { location: '/object' }).end(),
    '/keep': () => response.writeHead(307, { location: '/object' }).end(),
  };
  (pages[url.pathname] ?? (() => json(response, { ok: true })))();
}

async function request(input: JsonObject, more: { auth?: CallAuth; files?: MemoryFiles; itemFiles?: never } = {}) {
  seen.length = 0;
  return runAction(http.actions.request, { input, connector: http, ...more });
}

async function items(input: JsonObject): Promise<JsonObject[]> {
  const result = await request(input);
  if (!result.ok) throw new Error(result.error.message);
  return result.items.map((item) => item.json);
}

describe('what comes back', () => {
  it.each([
    ['an array gives one item per element', '/list', [{ a: 1 }, { data: 'two' }, {}]],
    ['an object gives one item', '/object', [{ a: 1 }]],
    ['a scalar gives data', '/number', [{ data: 7 }]],
    ['text gives data', '/text', [{ data: 'plain' }]],
    ['nothing gives an empty item', '/nothing', [{}]],
    ['compressed bodies are read', '/gzip', [{ zipped: true }]],
  ])('%s', async (_, path, expected) => {
    expect(await items({ url: base + path })).toEqual(expected);
  });

  it('shows status, headers and body with output "full"', async () => {
    expect(await items({ url: `${base}/object`, output: 'full' })).toMatchObject([
      { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: { a: 1 } },
    ]);
  });

  it('keeps the body as a file with output "file"', async () => {
    const files = new MemoryFiles();
    const result = await request({ url: `${base}/download`, output: 'file' }, { files });
    const data = result.ok ? result.items[0]!.files!['data']! : undefined;
    expect(data).toMatchObject({ name: 'a.png', mimeType: 'image/png', size: 3 });
    expect(Buffer.from(await files.read(data!))).toEqual(Buffer.from([1, 2, 3]));
  });
});

describe('what goes out', () => {
  it('repeats arrays in the query and leaves out null', async () => {
    await request({ url: `${base}/q?kept=1`, query: { a: [1, 2], b: null, c: 'x y' } });
    expect(seen[0]!.url).toBe('/q?kept=1&a=1&a=2&c=x+y');
  });

  it.each([
    ['json', { a: [1] }, 'application/json', '{"a":[1]}'],
    ['json', '{"already":"json"}', 'application/json', '{"already":"json"}'],
    ['json', 'words', 'application/json', '"words"'],
    ['form', { a: [1, 2], b: 'x y' }, 'application/x-www-form-urlencoded', 'a=1&a=2&b=x+y'],
    ['text', 'words', 'text/plain; charset=utf-8', 'words'],
  ])('sends a body as %s', async (bodyType, body, contentType, sent) => {
    await request({ url: base, method: 'POST', bodyType, body });
    expect(seen[0]).toMatchObject({ body: sent, headers: { 'content-type': contentType } });
  });

  it('sends fields and files as multipart', async () => {
    const files = new MemoryFiles();
    const data = await files.write({ name: 'a "b".txt', mimeType: 'text/plain', bytes: Buffer.from('inside') });
    const input = { url: base, method: 'POST', bodyType: 'multipart', body: { note: 'hi' }, files: { upload: 'data' } };
    await request(input, { files, itemFiles: { data } as never });
    expect(seen[0]!.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(seen[0]!.body).toContain('name="note"\r\n\r\nhi\r\n');
    expect(seen[0]!.body).toContain(
      'name="upload"; filename="a %22b%22.txt"\r\nContent-Type: text/plain\r\n\r\ninside',
    );
  });

  it('sends a file as the body', async () => {
    const files = new MemoryFiles();
    const data = await files.write({ name: 'a.csv', mimeType: 'text/csv', bytes: Buffer.from('a;b') });
    await request({ url: base, method: 'PUT', bodyType: 'binary' }, { files, itemFiles: { data } as never });
    expect(seen[0]).toMatchObject({ body: 'a;b', headers: { 'content-type': 'text/csv' } });
  });

  it('names a file the item does not have', async () => {
    const result = await request({ url: base, method: 'POST', bodyType: 'binary', files: 'photo' });
    expect(result).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('"photo"'), retryable: false },
    });
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('sends an idempotency key with %s', async (method) => {
    await request({ url: base, method });
    expect(seen[0]!.headers['idempotency-key']).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['GET', 'HEAD'])('sends no idempotency key with %s', async (method) => {
    await request({ url: base, method });
    expect(seen[0]!.headers['idempotency-key']).toBeUndefined();
  });
});

describe('credentials', () => {
  const cases: [CallAuth, (one: Seen) => unknown, string][] = [
    [
      { kind: 'basic', values: { username: 'u', password: 'p:ä' } },
      (one) => one.headers['authorization'],
      'Basic dTpwOsOk',
    ],
    [{ kind: 'bearer', values: { token: 't' } }, (one) => one.headers['authorization'], 'Bearer t'],
    [{ kind: 'header', values: { name: 'X-Key', value: 'v' } }, (one) => one.headers['x-key'], 'v'],
    [{ kind: 'query', values: { name: 'key', value: 'v' } }, (one) => one.url, '/?key=v'],
  ];
  it.each(cases)('sends %o', async (auth, read, expected) => {
    await request({ url: base }, { auth });
    expect(read(seen[0]!)).toBe(expected);
  });

  it('drops the credential, authorization and cookies on another host', async () => {
    const auth = { kind: 'header', values: { name: 'X-Key', value: 'secret' } };
    const headers = { authorization: 'Bearer own', cookie: 'a=b', 'x-other': 'stays' };
    const result = await request({ url: `${base}/away`, headers }, { auth });
    const received = (result.ok ? result.items[0]!.json['headers'] : {}) as JsonObject;
    expect(received).toMatchObject({ 'x-other': 'stays' });
    expect(received).not.toHaveProperty('x-key');
    expect(received).not.toHaveProperty('authorization');
    expect(received).not.toHaveProperty('cookie');
  });
});

describe('errors', () => {
  it('fails for a status of 400 and above with the first 2 KB', async () => {
    const result = await request({ url: `${base}/error` });
    expect(result).toMatchObject({ ok: false, error: { code: 'http.status', status: 422, retryable: false } });
    expect(result).toMatchObject({ error: { details: { body: 'x'.repeat(2048) } } });
  });

  it('takes an error status as an answer with allowErrors', async () => {
    expect(await items({ url: `${base}/later`, allowErrors: true, output: 'full' })).toMatchObject([{ status: 429 }]);
  });

  it('passes on how long the service wants to be left alone', async () => {
    expect(await request({ url: `${base}/later` })).toMatchObject({ error: { retryable: true, retryAfterMs: 7000 } });
  });

  it.each([
    ['the answer takes too long', { url: '/slow', timeoutMs: 50 }, 'http.timeout', true],
    ['it says JSON and is not', { url: '/brokenJson' }, 'http.notJson', false],
    ['it redirects for ever', { url: '/round' }, 'http.tooManyRedirects', false],
  ])('fails when %s', async (_, { url, ...more }, code, retryable) => {
    expect(await request({ url: base + url, ...more })).toMatchObject({ ok: false, error: { code, retryable } });
  });

  it.each(['no address', 'ftp://127.0.0.1/', 'file:///etc/passwd'])('refuses %s', async (url) => {
    expect(await request({ url })).toMatchObject({
      ok: false,
      error: { code: 'connector.userError', retryable: false },
    });
  });

  it('is worth another try when nobody listens', async () => {
    const result = await request({ url: 'http://127.0.0.1:3149/' });
    expect(result).toMatchObject({ ok: false, error: { code: 'connector.network', retryable: true } });
  });
});

describe('redirects', () => {
  it.each([
    ['/seeOther', ['POST', 'GET']],
    ['/keep', ['POST', 'POST']],
  ])('follows %s', async (path, methods) => {
    await request({ url: base + path, method: 'POST', body: { a: 1 } });
    expect(seen.map(({ method }) => method)).toEqual(methods);
  });
});

describe('pagination', () => {
  it('follows the address in the response', async () => {
    const pagination = { mode: 'nextUrl', next: '={{ $response.body.next }}', items: 'rows' };
    expect(await items({ url: `${base}/next`, pagination })).toEqual([{ page: 1 }, { page: 2 }, { page: 3 }]);
  });

  it('counts pages until one is empty', async () => {
    const pagination = { mode: 'page', param: 'page', items: '={{ $response.body.data.rows }}' };
    expect(await items({ url: `${base}/numbered`, pagination })).toHaveLength(6);
    expect(seen.map(({ url }) => url)).toEqual([1, 2, 3, 4].map((page) => `/numbered?page=${page}`));
  });

  it('hands on a cursor', async () => {
    const pagination = { mode: 'cursor', param: 'cursor', next: '={{ $response.body.after }}', items: 'rows' };
    expect(await items({ url: `${base}/cursor`, pagination })).toEqual([1, 2, 3, 4].map((data) => ({ data })));
  });

  it('stops at the most pages allowed, and at a page that names itself', async () => {
    const pagination = { mode: 'page', maxPages: 2, items: 'data.rows' };
    expect(await items({ url: `${base}/numbered`, pagination })).toHaveLength(4);
    const circle = { mode: 'nextUrl', next: '={{ $response.body.next }}', items: 'rows' };
    expect(await items({ url: `${base}/same`, pagination: circle })).toHaveLength(2);
  });

  it('gives each page an idempotency key of its own', async () => {
    const pagination = { mode: 'page', maxPages: 3, items: 'data.rows' };
    await request({ url: `${base}/numbered`, method: 'POST', pagination });
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  });
});
