import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closedLoop, connectionsFor, openLoop } from './http-load.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/x`;
}

describe('the load of a benchmark', () => {
  it('counts answers and refusals apart, and notes when a refused caller may come again', async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      if (++calls % 2 === 0) response.writeHead(503, { 'retry-after': `${calls % 4 === 0 ? 1 : 5}` });
      response.end('{}');
    });
    const result = await closedLoop({ url, body: '{}' }, 2, 200);
    expect(result.ok).toBeGreaterThan(0);
    expect(result.ok + result.refused[503]!).toBe(calls);
    expect(result.retryAfter).toEqual([1, 5]);
  });

  it('has as many calls under way as connections, never more', async () => {
    let [open, most] = [0, 0];
    const url = await listen((_, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        response.end();
      }, 5);
    });
    await closedLoop({ url, method: 'GET' }, 3, 200);
    expect(most).toBe(3);
  });

  it('does not spare a server that stands still the calls that were due meanwhile', async () => {
    let isFirst = true;
    const url = await listen((_, response) => {
      const delay = isFirst ? 400 : 0;
      isFirst = false;
      const end = performance.now() + delay;
      while (performance.now() < end);
      response.end();
    });
    const { ok, latency } = await openLoop({ url, method: 'GET' }, 100, 500);
    expect(ok).toBe(50);
    // Everything that was due in the first 400 ms waited for its end: half of all calls for a good part of it.
    expect(latency.p50).toBeGreaterThan(20);
  });

  it('opens no more connections than a process may have, however many calls are due', () => {
    expect([10, 1_000, 4_435].map(connectionsFor)).toEqual([1_000, 5_000, 8_000]);
  });

  it('counts broken connections as calls without an answer', async () => {
    const url = await listen((request) => request.socket.destroy());
    expect((await closedLoop({ url, method: 'GET' }, 1, 50)).refused[0]).toBeGreaterThan(0);
  });
});
