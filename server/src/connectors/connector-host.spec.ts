import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readError } from './child-reply.schemas.js';
import type { ConnectorLogLine, ResolvedCredential } from './connector-call.types.js';
import { aCall, fixturePlugin, startHost } from './connector-host.test-support.js';

const { host, processes } = startHost('127.0.0.0/8');
const token = 'very-secret-token';
const account: ResolvedCredential = { id: 'c1', kind: 'good.account', values: { token } };
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/fail') response.statusCode = 503;
    if (request.headers['x-token'] === 'wrong-token') response.statusCode = 401;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token: request.headers['x-token'] ?? null }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await host.onApplicationShutdown();
  server.close();
});

const good = (action: string, values = {}) => host.call(aCall({ connectorId: 'good', action, ...values }));

it('describes a plugin in a child of its own', async () => {
  const [descriptor] = await host.describe([fixturePlugin('good')]);
  expect(descriptor).toMatchObject({ id: 'good', version: '1.2.3', egress: ['127.0.0.1', 'localhost'] });
  expect(descriptor!.auth).toMatchObject([{ kind: 'good.account', canTest: true }]);
  expect(descriptor!.nodes[0]).toMatchObject({
    type: 'good.echo',
    fields: { text: { kind: 'text', default: 'nothing' } },
    credentials: [{ slot: 'auth', kinds: ['good.account'], required: false }],
    connector: { id: 'good', version: '1.2.3', action: 'echo' },
  });
});

it('runs an action with its input, defaults, credential and idempotency keys', async () => {
  const outcome = await good('echo', { credentials: { auth: account }, itemIndex: 4 });
  expect(outcome).toEqual({
    ok: true,
    items: [{ json: { text: 'nothing', itemIndex: 4, kind: 'good.account', keys: ['key-main', 'key-2'] } }],
  });
});

it('takes secrets out of errors and logs', async () => {
  const lines: ConnectorLogLine[] = [];
  const call = { credentials: { auth: account }, onLog: (line: ConnectorLogLine) => lines.push(line) };
  await good('echo', call);
  const outcome = await good('refuse', call);
  expect(lines).toEqual([{ level: 'info', message: 'token [hidden]' }]);
  expect(outcome).toEqual({
    ok: false,
    error: { code: 'connector.userError', message: 'No, not with [hidden].', retryable: false },
  });
});

it('puts the credential on requests', async () => {
  const outcome = await good('fetch', { input: { url: `${address}/` }, credentials: { auth: account } });
  expect(outcome).toEqual({ ok: true, items: [{ json: { token } }] });
});

it('answers the error of a status with its retry advice', async () => {
  const outcome = await good('fetch', { input: { url: `${address}/fail` } });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'http.status', status: 503, retryable: true } });
});

it('refuses hosts that the connector did not declare', async () => {
  const outcome = await good('fetch', { input: { url: 'http://example.com/' } });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'egress.undeclared', retryable: false } });
});

describe('files', () => {
  const size = 5 * 1024 * 1024 + 7;
  const data = { id: 'f1', name: 'a.bin', mimeType: 'x/y', size, sha256: 'aa' };
  const content = Buffer.from(Array.from({ length: size }, (_, at) => at % 251));
  /** A store that writes down what it was asked, and takes `most` bytes. */
  function aStore(most = Infinity) {
    const store = {
      largest: 0,
      written: Buffer.alloc(0),
      dropped: 0,
      read: async (_: unknown, from: number, to: number) => {
        store.largest = Math.max(store.largest, to - from);
        return content.subarray(from, to);
      },
      write: async ({
        name,
        mimeType,
        bytes,
      }: {
        name: string;
        mimeType: string;
        bytes: AsyncIterable<Uint8Array>;
      }) => {
        try {
          for await (const part of bytes) {
            store.largest = Math.max(store.largest, part.length);
            store.written = Buffer.concat([store.written, part]);
            if (store.written.length > most) throw Object.assign(new Error('Too much.'), { code: 'file.tooLarge' });
          }
        } catch (error) {
          store.dropped++;
          throw error;
        }
        return { id: 'f2', name, mimeType, size: store.written.length, sha256: 'bb' };
      },
    };
    return store;
  }

  it('are read and written as a whole', async () => {
    const fileStore = aStore();
    const outcome = await good('copyFile', { files: { data }, fileStore });
    expect(outcome).toMatchObject({ ok: true, items: [{ files: { copy: { id: 'f2', size: 2 * size } } }] });
    expect(fileStore.written.equals(Buffer.concat([content, content]))).toBe(true);
  });

  it('go through a connector part by part', async () => {
    const fileStore = aStore();
    const outcome = await good('passFile', { files: { data }, fileStore });
    expect(outcome).toMatchObject({ ok: true, items: [{ files: { copy: { id: 'f2', size } } }] });
    expect(fileStore.written.equals(content)).toBe(true);
    expect(fileStore.largest).toBeLessThanOrEqual(1024 * 1024);
  });

  it('that are too large are the error of the step, and are not kept', async () => {
    const fileStore = aStore(2_000_000);
    const outcome = await good('passFile', { files: { data }, fileStore });
    expect(outcome).toMatchObject({ ok: false, error: { code: 'file.tooLarge', retryable: false } });
    expect(fileStore.dropped).toBe(1);
  });

  it('that are not written to their end are dropped when the call is over', async () => {
    const fileStore = aStore();
    expect(await good('halfFile', { files: { data }, fileStore, timeoutMs: 500 })).toMatchObject({ ok: false });
    await expect.poll(() => fileStore.dropped).toBe(1);
  });

  it('of others cannot be read', async () => {
    const outcome = await good('passFile', { files: {}, input: {}, fileStore: aStore() });
    expect(outcome).toMatchObject({ ok: false });
  });
});

it('loads choices and tests credentials', async () => {
  const terms = { timeoutMs: 10_000, signal: new AbortController().signal };
  const choices = await host.loadOptions({ connectorId: 'good', loader: 'colours', input: {}, search: 'red' }, terms);
  expect(choices).toEqual({ ok: true, choices: [{ value: 'red', label: 'Colour red' }] });
  const working = { ...account, values: { token, baseUrl: address } };
  const refused = { ...account, values: { token: 'wrong-token', baseUrl: address } };
  expect(await host.testCredential('good', working, terms)).toBeUndefined();
  expect(await host.testCredential('good', refused, terms)).toMatchObject({ code: 'http.status', status: 401 });
});

it('hears from an action whether its effect may have happened', () => {
  const error = { code: 'connector.network', message: 'socket hang up', retryable: true, outcomeUnknown: true };
  expect(readError(error)).toEqual(error);
});

it('ends a call when its time is over, and keeps the child for others', async () => {
  const before = processes.list().map(({ pid }) => pid);
  const outcome = await good('wait', { timeoutMs: 200 });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'connector.timeout', retryable: true } });
  expect(processes.list().map(({ pid }) => pid)).toEqual(before);
});

it('tells how far an action says it is, without its secrets', async () => {
  const told: unknown[] = [];
  const onProgress = (progress: unknown) => told.push(progress);
  await good('wait', { timeoutMs: 200, credentials: { auth: account }, onProgress });
  expect(told).toEqual([{ fraction: 0.5, text: 'half, with [hidden]' }]);
});

it('ends a call when the caller gives up', async () => {
  const controller = new AbortController();
  const outcome = good('wait', { signal: controller.signal, onHeartbeat: () => controller.abort() });
  expect(await outcome).toMatchObject({ ok: false, error: { code: 'connector.cancelled' } });
});

it('refuses an answer that is too large', async () => {
  const outcome = await good('large');
  expect(outcome).toMatchObject({ ok: false, error: { code: 'connector.outputTooLarge', retryable: false } });
});

it('reports a killed child as worth another try, and starts a new one', async () => {
  await good('echo');
  const pids = () =>
    processes
      .list()
      .filter(({ role }) => role === 'connectors')
      .map(({ pid }) => pid);
  const before = pids();
  const outcome = good('wait', { onHeartbeat: () => before.forEach((pid) => process.kill(pid, 'SIGKILL')) });
  expect(await outcome).toMatchObject({ ok: false, error: { code: 'connector.killed', retryable: true } });
  expect(await good('echo')).toMatchObject({ ok: true });
  expect(pids()).toHaveLength(1);
  expect(before).not.toContain(pids()[0]);
});

it('names a connector that is not installed', async () => {
  const outcome = await host.call(aCall({ connectorId: 'nowhere', action: 'x' }));
  expect(outcome).toMatchObject({ ok: false, error: { code: 'connector.unknown', retryable: false } });
});
