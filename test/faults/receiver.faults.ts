import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rssMbOf } from '../bench/process-usage.js';
import type { Received } from '../support/receiver.js';
import { ask, pause } from './api.js';
import { allIsWell, Scene, type Fault } from './scene.js';
import type { Document } from './shapes.js';

/** Steps that call the outside try again, and wait for an answer for so long. */
const tryAgain = { maxAttempts: 8, initialMs: 300, maxMs: 1_000 };
const timeoutMs = 3_000;
const troubleMs = 6_000;

const patient = (document: Document): Document => ({
  ...document,
  nodes: document.nodes.map((node) =>
    node.type === 'http.request' ? { ...node, retry: tryAgain, parameters: { ...node.parameters, timeoutMs } } : node,
  ),
});

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ only: ['express', 'plain', 'parallel', 'strict', 'queue', 'loop'], change: patient });
});
afterAll(() => scene?.close());

/** For a while the receiver does this in place of its first answer to each key. */
const trouble =
  (act: (response: ServerResponse) => void): Fault['inject'] =>
  async ({ receiver }) => {
    const met = new Set<string | undefined>();
    receiver.trouble = ({ idempotencyKey }, response) => {
      if (met.has(idempotencyKey)) return false;
      met.add(idempotencyKey);
      act(response);
      return true;
    };
    await pause(troubleMs);
    receiver.trouble = undefined;
    expect(met.size).toBeGreaterThan(5);
  };

function drip(response: ServerResponse, everyMs: number, chunk: string): void {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const timer = setInterval(() => response.write(chunk), everyMs);
  response.on('close', () => clearInterval(timer));
}

const retryAfterSeconds = 2;
const faults: Fault[] = [
  {
    name: 'the receiver answers 429 with Retry-After',
    each: 4,
    inject: trouble((response) => void response.writeHead(429, { 'retry-after': `${retryAfterSeconds}` }).end()),
  },
  { name: 'the receiver answers 503', each: 4, inject: trouble((response) => void response.writeHead(503).end()) },
  {
    name: 'the receiver resets the connection after it did the work',
    each: 4,
    inject: trouble((response) => void response.socket?.resetAndDestroy()),
  },
  {
    name: 'the receiver breaks off in mid-answer',
    each: 4,
    inject: trouble((response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{');
      setTimeout(() => response.destroy(), 50);
    }),
  },
  { name: 'the receiver never answers', each: 4, inject: trouble(() => undefined) },
  { name: 'the answer of the receiver never ends', each: 4, inject: trouble((response) => drip(response, 200, 'x')) },
];

describe('one server, when', () => {
  it.each(faults)('$name, loses nothing and does nothing twice but under the same key', async (fault) => {
    const from = scene.receiver.ledger.length;
    const row = await scene.tryFault(fault);
    expect(row).toMatchObject(allIsWell);
    expect(row.repeated).toBeGreaterThan(5);
    if (fault.name.includes('Retry-After'))
      for (const waited of waits(scene.receiver.ledger.slice(from)))
        expect(waited).toBeGreaterThan(retryAfterSeconds * 1_000 - 50);
  });

  it.each([
    ['http.tooLarge', 'an answer floods it', (url: string) => `${url}/flood`],
    ['connector.failed', 'the receiver speaks no TLS', (url: string) => url.replace('http:', 'https:')],
  ])('%s is what a step fails with when %s, and others go on', async (code, _, addressOf) => {
    const idleMb = memoryMb();
    scene.receiver.trouble = ({ path }, response) => {
      if (path === '/flood') drip(response, 0, 'x'.repeat(1_000_000));
      return path === '/flood';
    };
    const document = {
      wfaib: 1,
      name: 'Reads',
      nodes: [
        { id: 'start', name: 'Start', type: 'core.manual' },
        { id: 'read', name: 'Read', type: 'http.request', parameters: { url: addressOf(scene.receiver.url) } },
      ],
      connections: [{ from: { node: 'start' }, to: { node: 'read' } }],
    };
    const failing = Array.from({ length: 4 }, () =>
      ask<{ status: string; error: { code: string } }>(
        'POST',
        `${scene.wfaib.url}/api/runs?wait=60s`,
        { document },
        90_000,
      ),
    );
    const other = await ask('POST', `${scene.wfaib.url}/hooks/plain`, { event: `beside ${code}` });
    expect(other?.status).toBe(200);
    for (const run of await Promise.all(failing))
      expect(run?.body).toMatchObject({ status: 'failed', error: { code } });
    scene.receiver.trouble = undefined;
    console.log(`${code}: server and connectors took ${(memoryMb() - idleMb).toFixed(0)} MB more`);
  });
});

/** Between the first and the second arrival of each key, in milliseconds. */
function waits(rows: Received[]): number[] {
  const keys = [...new Set(rows.map(({ idempotencyKey }) => idempotencyKey))];
  const arrivals = keys.map((key) => rows.filter(({ idempotencyKey }) => idempotencyKey === key));
  return arrivals.filter(({ length }) => length > 1).map(([first, second]) => second!.at - first!.at);
}

const memoryMb = (): number =>
  [scene.wfaib.serverPid(), ...scene.wfaib.pids('connectors')].map(rssMbOf).reduce((sum, each) => sum + each, 0);
