import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCall, startHost } from './connector-host.test-support.js';

const { host } = startHost();
let listener: Server;
let port: number;
let connections = 0;

beforeAll(async () => {
  listener = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, resolve));
  port = (listener.address() as AddressInfo).port;
});
afterAll(async () => {
  await host.onApplicationShutdown();
  listener.close();
});

const attack = (action: string, input = {}, timeoutMs = 20_000) =>
  host.call(aCall({ connectorId: 'hostile', action, input, timeoutMs, credentials: {} }));

async function finding(action: string, input = {}): Promise<Record<string, { got?: string; refused?: string }>> {
  const outcome = await attack(action, input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.items[0]!.json as never;
}

describe('a plugin that wants out', () => {
  it('reads and writes no file but its own code', async () => {
    const found = await finding('readFiles');
    expect(Object.values(found).map(({ got, refused }) => got ?? refused)).toEqual(Array(6).fill('ERR_ACCESS_DENIED'));
  });

  it('starts no process, worker or native code, and signals no process', async () => {
    const { shell, worker, binding, addon, killServer } = await finding('spawn');
    expect([shell, worker, binding, addon, killServer].map((one) => one!.got)).toEqual(Array(5).fill(undefined));
  });

  it('sees no environment', async () => {
    expect(await finding('environment')).toMatchObject({ env: {} });
  });

  it('opens no socket to a private address by any way, and cannot take the guard off', async () => {
    const { raw, name, mapped, unix, fetch, udp, unguard } = await finding('sockets', { port });
    for (const one of [raw, name, mapped, unix, fetch, udp]) expect(one).toEqual({ refused: 'egress.blocked' });
    expect(unguard!.got).toBeUndefined();
    expect(connections).toBe(0);
  });

  it('names no file of another run', async () => {
    expect(await attack('stealFile')).toMatchObject({ ok: false, error: { code: 'connector.invalidOutput' } });
  });

  it.each(['exit', 'abort', 'heapBomb', 'garbage'])('costs no more than its child with %s', async (action) => {
    expect(await attack(action)).toMatchObject({ ok: false, error: { code: 'connector.killed', retryable: true } });
    expect(await finding('environment')).toMatchObject({ env: {} });
  });

  it('is refused memory beyond its share, or killed for taking it', async () => {
    // The wall of the system answers an allocation with an error; the watch on the memory kills. Either may come first.
    const outcome = await attack('bufferBomb');
    const codes = ['connector.killed', 'connector.failed'];
    expect(codes).toContain(outcome.ok ? 'it got away with it' : outcome.error.code);
    expect(await finding('environment')).toMatchObject({ env: {} });
  });

  it('is killed when it blocks its process', async () => {
    // In a fresh child: what an attack before left in memory could be what this one is killed for.
    await attack('exit');
    expect(await attack('loop', {}, 300)).toMatchObject({ ok: false, error: { code: 'connector.timeout' } });
    expect(await finding('environment')).toMatchObject({ env: {} });
  });

  it('does not disturb another connector', async () => {
    const [attacked, echoed] = await Promise.all([
      attack('heapBomb'),
      host.call(aCall({ connectorId: 'good', action: 'echo' })),
    ]);
    expect(attacked.ok).toBe(false);
    expect(echoed.ok).toBe(true);
  });

  it('survives a rejection and an error that nobody caught', async () => {
    expect(await attack('rejectLater')).toMatchObject({ ok: true });
    expect(await finding('environment')).toMatchObject({ env: {} });
  });
});
