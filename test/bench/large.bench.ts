import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { apiKey } from '../support/installation.js';
import { BenchScene, report } from './bench-scene.js';
import type { Cells } from './bench-scene.js';
import { peakMbOf, peakMbWithin } from './process-usage.js';

/** LARGE_ITEMS and LARGE_MB make it smaller while one looks for something. */
const items = Number(process.env['LARGE_ITEMS'] ?? 1_000_000);
const fileBytes = Number(process.env['LARGE_MB'] ?? 2_048) * 1024 * 1024;

let service: Server;
let received = 0;
let scene: BenchScene | undefined;
beforeAll(async () => {
  // Node would answer 408 to what takes longer than five minutes.
  service = createServer({ requestTimeout: 0 }, (request, response) => void serve(request, response));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});
afterAll(() => void service.close());

/** GET sends the file, anything else counts what comes. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET') {
    received = 0;
    for await (const chunk of request) received += (chunk as Buffer).length;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ received }));
    return;
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': fileBytes });
  const part = Buffer.alloc(1024 * 1024, 'x');
  for (let sent = 0; sent < fileBytes && !response.destroyed; sent += part.length)
    if (!response.write(part)) await new Promise((resolve) => response.once('drain', resolve));
  response.end();
}

const node = (id: string, type: string, parameters: object, more: object = {}) => ({
  id,
  name: id,
  type,
  parameters,
  ...more,
});

function chain(name: string, nodes: ReturnType<typeof node>[]): object {
  const all = [node('start', 'core.manual', {}), ...nodes];
  const connections = all.slice(1).map(({ id }, index) => ({ from: { node: all[index]!.id }, to: { node: id } }));
  return { wfaib: 1, name, nodes: all, connections };
}

interface Ended {
  id: string;
  status: string;
  error: unknown;
  steps: { startedAt: string; endedAt: string; nodeId: string }[];
}

/** Runs a document to its end. Peaks are the most resident memory that a process of a kind ever had, in MB. */
async function run(document: object): Promise<{ ended: Ended; seconds: number; peaks: Cells }> {
  const { wfaib } = scene!;
  const from = performance.now();
  const peaks: Record<string, number> = {};
  const note = (role: string, peak: number) => (peaks[role] = Math.max(peaks[role] ?? 0, peak));
  // The kernel keeps the peaks: looking now and then is for processes that end before the run does.
  const timer = setInterval(() => {
    note('server', peakMbOf([wfaib.serverPid()]));
    for (const role of ['sandbox', 'connectors', 'postgres', 'temporal']) note(role, peakMbWithin(wfaib.pids(role)));
  }, 2_000);
  try {
    const { body } = await wfaib.call<{ runId: string }>('POST', '/api/runs', { document });
    for (;;) {
      const { body: view } = await wfaib.call<Ended>('GET', `/api/runs/${body.runId}?wait=30s`);
      if (!['succeeded', 'failed', 'cancelled'].includes(view.status)) continue;
      if (view.status !== 'succeeded') throw new Error(JSON.stringify(view.error));
      return { ended: view, seconds: (performance.now() - from) / 1_000, peaks };
    }
  } finally {
    clearInterval(timer);
  }
}

describe.each(['postgres', 'disk'])('what is large, kept by %s', (driver) => {
  it('many items', async () => {
    scene = await BenchScene.open({ env: { WFAIB_DATA_DRIVER: driver } });
    const lists = Math.ceil(items / 1_000);
    const long = { timeoutMs: 1_800_000 };
    const document = chain('Many items', [
      node('lists', 'core.code', {
        code: `return Array.from({ length: ${lists} }, (_, at) => ({ ids: Array.from({ length: 1000 }, (_, n) => at * 1000 + n) }));`,
        memoryMb: 256,
      }),
      node('split', 'core.split', { field: 'ids', include: 'none', into: 'id' }, long),
      node('set', 'core.set', { fields: { name: '=Item {{ $json.id }}', even: '={{ $json.id % 2 === 0 }}' } }, long),
      node('filter', 'core.filter', { condition: '={{ $json.id % 10 !== 0 }}' }, long),
      node('code', 'core.code', { mode: 'each', code: 'return { value: $json.id * 2 };', memoryMb: 256 }, long),
      node('aggregate', 'core.aggregate', { field: 'value' }, long),
    ]);
    const { ended, seconds, peaks } = await run(document);
    const took = Object.fromEntries(
      ended.steps.map((step) => [step.nodeId, (Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1_000]),
    );
    report('Split, Set, Filter, Code, Aggregate over many items', { driver, items, seconds, ...peaks });
    report('The same by step, in seconds', { driver, ...took });
  });

  it('a large file', async () => {
    scene = await BenchScene.open({ env: { WFAIB_DATA_DRIVER: driver } });
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/file`;
    const long = { timeoutMs: 1_800_000 };
    const document = chain('Large file', [
      node('download', 'http.request', { url, output: 'file', timeoutMs: 600_000 }, long),
      node(
        'upload',
        'http.request',
        { url, method: 'PUT', bodyType: 'binary', files: 'data', timeoutMs: 600_000 },
        long,
      ),
    ]);
    const { ended, seconds, peaks } = await run(document);
    if (received !== fileBytes) throw new Error(`${received} bytes were uploaded, not ${fileBytes}.`);
    report('A large file in by http.request and out again', { driver, MB: fileBytes / 1024 ** 2, seconds, ...peaks });
    report('A large file by the API', { driver, ...(await fetchFile(ended.id)) });
  });
});

async function fetchFile(runId: string): Promise<Cells> {
  const { wfaib } = scene!;
  const steps = await wfaib.call<Ended>('GET', `/api/runs/${runId}`);
  const step = (steps.body.steps as unknown as { id: string; nodeId: string }[]).find(
    (each) => each.nodeId === 'download',
  )!;
  const page = await wfaib.call<{ items: { files: { data: { id: string } } }[] }>(
    'GET',
    `/api/runs/${runId}/steps/${step.id}/items`,
  );
  const from = performance.now();
  const answer = await fetch(`${wfaib.url}/api/runs/${runId}/files/${page.body.items[0]!.files.data.id}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  let bytes = 0;
  for await (const chunk of answer.body!) bytes += chunk.length;
  if (bytes !== fileBytes) throw new Error(`${bytes} bytes came, not ${fileBytes}.`);
  return {
    MB: bytes / 1024 ** 2,
    seconds: (performance.now() - from) / 1_000,
    server: peakMbOf([wfaib.serverPid()]),
  };
}
