import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

it('reads and writes files by reference', async () => {
  const data = { id: 'f1', name: 'a.bin', mimeType: 'x/y', size: 2, sha256: 'aa' };
  const written: Uint8Array[] = [];
  const fileStore = {
    read: async () => Buffer.from([1, 2]),
    write: async ({ name, mimeType, bytes }: { name: string; mimeType: string; bytes: Uint8Array }) => {
      written.push(bytes);
      return { id: 'f2', name, mimeType, size: bytes.length, sha256: 'bb' };
    },
  };
  const outcome = await good('copyFile', { files: { data }, fileStore });
  expect(outcome).toMatchObject({ ok: true, items: [{ files: { copy: { id: 'f2', name: 'copy.bin', size: 4 } } }] });
  expect(Buffer.from(written[0]!)).toEqual(Buffer.from([1, 2, 1, 2]));
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

it('ends a call when its time is over, and keeps the child for others', async () => {
  const before = processes.list().map(({ pid }) => pid);
  const outcome = await good('wait', { timeoutMs: 200 });
  expect(outcome).toMatchObject({ ok: false, error: { code: 'connector.timeout', retryable: true } });
  expect(processes.list().map(({ pid }) => pid)).toEqual(before);
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
