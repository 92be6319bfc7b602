import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, pause } from './api.js';

/** What stands before several servers: takes turns with those that say they are ready, over connections it keeps. */
export interface HttpProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** How often servers are asked whether they are ready, in milliseconds. */
const healthEveryMs = 500;
const kept = { keepAlive: true, maxSockets: 100 };

/**
 * As nginx and the like by default: a request goes to another server only where its connection was refused, for what was
 * sent may have been done. @param servers their addresses of the moment
 */
export async function startHttpProxy(servers: () => string[]): Promise<HttpProxy> {
  const agent = new Agent(kept);
  const ready = new Set(servers());
  const state = { turn: 0, isOver: false };
  const watching = (async () => {
    for (; !state.isOver; await pause(healthEveryMs))
      await Promise.all(
        servers().map(async (url) => {
          const health = await ask('GET', `${url}/health/ready`, undefined, 2_000);
          if (health?.status === 200) ready.add(url);
          else ready.delete(url);
        }),
      );
  })();

  const next = (but: string[]): string | undefined => {
    const all = servers().filter((url) => !but.includes(url));
    const able = all.filter((url) => ready.has(url));
    return (able.length > 0 ? able : all)[state.turn++ % Math.max(1, able.length || all.length)];
  };
  const pass = (from: IncomingMessage, body: Buffer, to: ServerResponse, refused: string[] = []): void => {
    const server = next(refused);
    if (server === undefined) return void to.writeHead(502).end('No server.');
    const { method, headers } = from;
    const passed = request(`${server}${from.url}`, { method: method!, headers, agent }, (answer) => {
      to.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(to);
      answer.on('error', () => to.destroy());
    });
    passed.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED') return pass(from, body, to, [...refused, server]);
      if (to.headersSent) to.destroy();
      else to.writeHead(502).end(`${error.code}: ${error.message}`);
    });
    passed.end(body);
  };
  const proxy = createServer((from, to) => {
    const chunks: Buffer[] = [];
    from.on('data', (chunk: Buffer) => chunks.push(chunk));
    from.on('end', () => pass(from, Buffer.concat(chunks), to));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: async () => {
      state.isOver = true;
      await watching;
      agent.destroy();
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
