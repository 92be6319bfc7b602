import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { rssMbOf } from '../bench/process-usage.js';
import { apiKey, startInstallation, type Installation } from '../support/installation.js';
import { pause } from './api.js';

/** Callers that send a byte now and then, and how long they go on. */
const slowCallers = 1_000;
const slowMs = 20_000;
const hugeBytes = 1_000_000_000;
const megabyte = 1_000_000;

let wfaib: Installation;
const sockets = new Set<Socket>();
beforeAll(async () => {
  wfaib = await startInstallation();
  const document = {
    wfaib: 1,
    name: 'Answers',
    nodes: [
      { id: 'hook', name: 'Hook', type: 'core.webhook', parameters: { path: 'answers', respond: 'lastNode' } },
      { id: 'set', name: 'Set', type: 'core.set', parameters: { fields: { ok: true }, keep: 'none' } },
    ],
    connections: [{ from: { node: 'hook' }, to: { node: 'set' } }],
  };
  const { body } = await wfaib.call<{ id: string }>('POST', '/api/workflows', document);
  await wfaib.call('POST', `/api/workflows/${body.id}/publish`, {});
});
afterEach(() => sockets.forEach((socket) => socket.destroy()));
afterAll(() => wfaib?.stop());

/** A caller of its own, which does not mind being hung up on. `answer` is what it was told so far. */
function caller(): { socket: Socket; answer: () => string; isOpen: () => boolean } {
  const { hostname, port } = new URL(wfaib.url);
  const socket = connect(Number(port), hostname);
  sockets.add(socket);
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  return { socket, answer: () => heard, isOpen: () => !socket.destroyed };
}

/** How long a call of somebody else takes, in milliseconds. */
async function otherCall(): Promise<number> {
  const from = performance.now();
  const { status, body } = await wfaib.call('POST', '/hooks/answers', {});
  expect([status, body]).toEqual([200, { ok: true }]);
  return performance.now() - from;
}

async function watched(during: Promise<unknown>): Promise<{ calls: number; slowest: number; mostMb: number }> {
  const state = { isOver: false };
  void during.finally(() => (state.isOver = true)).catch(() => undefined);
  const idleMb = rssMbOf(wfaib.serverPid());
  let [calls, slowest, mostMb] = [0, 0, 0];
  while (!state.isOver) {
    slowest = Math.max(slowest, await otherCall());
    calls += 1;
    mostMb = Math.max(mostMb, rssMbOf(wfaib.serverPid()) - idleMb);
    await pause(50);
  }
  await during;
  return { calls, slowest, mostMb };
}

const head = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, 'host: wfaib', 'content-type: application/json', ...lines, '', ''].join('\r\n');

it('a thousand callers that send a byte now and then do not keep others waiting', async () => {
  const callers = Array.from({ length: slowCallers }, caller);
  const trickle = async () => {
    for (const [at, { socket }] of callers.entries()) {
      socket.write(
        at % 2 === 0
          ? 'POST /hooks/answers HTTP/1.1\r\nhost: w\r\nx-a: '
          : head('/hooks/answers', 'content-length: 100000'),
      );
    }
    for (const end = performance.now() + slowMs; performance.now() < end; await pause(1_000))
      for (const { socket } of callers) if (!socket.destroyed) socket.write('a');
  };
  const found = await watched(trickle());
  console.table([{ callers: slowCallers, ...found }]);
  expect(found.calls).toBeGreaterThan(20);
});

it('a body of a gigabyte is refused at once, whether its length is told or not', async () => {
  const told = caller();
  told.socket.write(head('/hooks/answers', `content-length: ${hugeBytes}`));
  const untold = caller();
  untold.socket.write(head('/hooks/answers', 'transfer-encoding: chunked'));
  const chunk = Buffer.concat([
    Buffer.from(`${megabyte.toString(16)}\r\n`),
    Buffer.alloc(megabyte, 97),
    Buffer.from('\r\n'),
  ]);
  let sent = 0;
  const flood = async () => {
    for (; sent < hugeBytes && untold.isOpen() && untold.answer() === ''; sent += megabyte) {
      if (!untold.socket.write(chunk)) await pause(5);
    }
  };
  const found = await watched(flood().then(() => pause(500)));
  console.table([{ 'sent before it was refused, MB': sent / megabyte, ...found }]);
  for (const { answer } of [told, untold]) expect(answer()).toMatch(/^HTTP\/1\.1 413 /);
  expect(sent).toBeLessThan(hugeBytes / 2);
});

it('a small body that would unpack to a thousand times its size is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(hugeBytes / 10, 32));
  const send = async () => {
    const { status } = await fetch(`${wfaib.url}/hooks/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', authorization: `Bearer ${apiKey}` },
      body: bomb,
    });
    expect([400, 413, 415]).toContain(status);
  };
  const found = await watched(Promise.all(Array.from({ length: 10 }, send)));
  console.table([{ bombs: 10, ...found }]);
});
