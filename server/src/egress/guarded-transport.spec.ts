import type { lookup } from 'node:dns';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createHttpClient } from '@wfaib/sdk/connector-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EgressPolicy } from './egress-policy.js';
import { guardedLookup } from './guarded-lookup.js';
import { guardedTransport } from './guarded-transport.js';

let server: Server;
let port: number;
let asked = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked++;
    if (request.url === '/away') response.writeHead(302, { location: `http://169.254.169.254/latest` }).end();
    else if (request.url === '/bomb') {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)));
    } else if (request.url === '/brotli') {
      response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync('small'));
    } else if (request.url === '/slow') response.writeHead(200).write('begun');
    else if (request.url === '/drip') drip(response);
    else if (request.url === '/again') response.writeHead(307, { location: '/count' }).end();
    else if (request.url === '/count') count(request, response);
    else response.end('SECRET');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Ten parts that take longer than any of them may. */
function drip(response: ServerResponse): void {
  let left = 10;
  const timer = setInterval(() => {
    response.write('drop');
    if (--left > 0) return;
    clearInterval(timer);
    response.end();
  }, 40);
}

function count(request: IncomingMessage, response: ServerResponse): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => (bytes += chunk.length));
  request.on('end', () => response.end(`${request.headers['content-length']} ${bytes}`));
}

function client(...allow: string[]) {
  const transport = guardedTransport(new EgressPolicy({ allow, protect: [] }));
  return createHttpClient({ transport, signal: new AbortController().signal });
}

describe('every way to write this machine', () => {
  it.each([
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '１２７.0.0.1',
    '0',
    'localhost',
    'LOCALHOST',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[::]',
  ])('%s is refused before a connection is made', async (host) => {
    asked = 0;
    await expect(client().get(`http://${host}:${port}/`)).rejects.toMatchObject({ code: 'egress.blocked' });
    expect(asked).toBe(0);
  });

  it('localhost. is refused, or not known to the system at all', async () => {
    asked = 0;
    await expect(client().get(`http://localhost.:${port}/`)).rejects.toMatchObject({
      message: expect.stringContaining('localhost.'),
    });
    expect(asked).toBe(0);
  });

  it.each(['127.0.0.1', '127.1', 'localhost', '[::ffff:127.0.0.1]'])(
    '%s is reached once its network is open',
    async (host) => {
      expect(await client('127.0.0.0/8').get(`http://${host}:${port}/`)).toBe('SECRET');
    },
  );
});

describe('names that lie', () => {
  const answering = (...addresses: string[]) =>
    ((_: string, __: object, callback: (...result: unknown[]) => void) =>
      callback(
        null,
        addresses.map((address) => ({ address, family: 4 })),
      )) as unknown as typeof lookup;

  function connected(resolve: typeof lookup): Promise<Socket | Error> {
    const check = guardedLookup(new EgressPolicy({ allow: [], protect: [] }), port, resolve);
    return new Promise((settle) => {
      const socket = connect({ host: 'rebinding.example', port, lookup: check, timeout: 100 });
      socket
        .on('connect', () => settle(socket))
        .on('error', settle)
        .on('timeout', () => settle(new Error('timeout')));
    });
  }

  it('do not connect to a closed address', async () => {
    expect(await connected(answering('127.0.0.1'))).toMatchObject({ code: 'egress.blocked' });
  });

  it('connect to the address that was checked, not to a later answer', async () => {
    let questions = 0;
    const rebinding = ((...args: Parameters<typeof lookup>) =>
      (answering(questions++ === 0 ? '192.0.2.1' : '127.0.0.1') as (...all: unknown[]) => void)(
        ...args,
      )) as typeof lookup;
    expect(await connected(rebinding)).toMatchObject({ code: 'egress.blocked' });
    expect(questions).toBe(1);
  });
});

describe('an exchange', () => {
  const open = () => client('127.0.0.0/8');

  it('checks where a redirect leads', async () => {
    await expect(open().get(`http://127.0.0.1:${port}/away`)).rejects.toMatchObject({ code: 'egress.blocked' });
  });

  it('counts the bytes of a body after decompression', async () => {
    const request = open().request({ url: `http://127.0.0.1:${port}/bomb`, maxBytes: 1_000_000 });
    await expect(request).rejects.toMatchObject({ code: 'http.tooLarge' });
  });

  it('reads brotli', async () => {
    expect(await open().get(`http://127.0.0.1:${port}/brotli`)).toBe('small');
  });

  it('ends a body that does not come', async () => {
    const request = open().request({ url: `http://127.0.0.1:${port}/slow`, timeoutMs: 100 });
    await expect(request).rejects.toMatchObject({ code: 'http.timeout', retryable: true });
  });

  it('may take long where every part comes in time', async () => {
    const { body } = await open().stream({ url: `http://127.0.0.1:${port}/drip`, timeoutMs: 300 });
    let text = '';
    for await (const part of body) text += Buffer.from(part).toString();
    expect(text).toBe('drop'.repeat(10));
  });

  it('ends a streamed body that does not go on', async () => {
    const { body } = await open().stream({ url: `http://127.0.0.1:${port}/slow`, timeoutMs: 100 });
    const read = async () => {
      for await (const part of body) void part;
    };
    await expect(read()).rejects.toMatchObject({ code: 'http.timeout', retryable: true });
  });

  it('sends a body part by part, and again after a redirect', async () => {
    let opened = 0;
    const source = {
      size: 3_000_000,
      async *open() {
        opened++;
        for (let part = 0; part < 3; part++) yield Buffer.alloc(1_000_000);
      },
    };
    const answer = await open().post(`http://127.0.0.1:${port}/again`, undefined, { body: source });
    expect([answer, opened]).toEqual(['3000000 3000000', 2]);
  });

  it('counts the bytes of a streamed body where it is told to', async () => {
    const request = open().stream({ url: `http://127.0.0.1:${port}/`, maxBytes: 1 });
    await expect((await request).body[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'http.tooLarge' });
  });
});
