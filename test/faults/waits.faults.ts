import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../support/installation.js';
import { ask, pause, until } from './api.js';
import { memoryOf } from '../bench/memory-of.js';
import { printMemory } from './memory-table.js';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Runs that wait at once: half for a time, half for a call. `FAULTS_WAITS` gives another number. */
const count = Number(process.env['FAULTS_WAITS'] ?? 10_000);
const atOnce = 20;
const settleMs = 20_000;

let wfaib: Installation;
beforeAll(async () => {
  wfaib = await startInstallation({ env: { WFAIB_TEMPORAL_RESET: 'accept' } });
});
afterAll(() => wfaib?.stop());

/** Calls until somebody answers: servers are killed meanwhile. */
async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  for (;;) {
    const heard = await ask<Body>(method, `${wfaib.url}${path}`, body, 20_000);
    if (heard !== undefined && heard.status < 500) return heard.body;
    await pause(200);
  }
}

async function publish(name: string, parameters: object): Promise<string> {
  const { id } = await call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'wait', name: 'Wait', type: 'core.wait', parameters },
      { id: 'end', name: 'End', type: 'core.noop' },
    ],
    connections: [
      { from: { node: 'start' }, to: { node: 'wait' } },
      { from: { node: 'wait' }, to: { node: 'end' } },
    ],
    settings: { durability: 'standard' },
  });
  await call('POST', `/api/workflows/${id}/publish`, {});
  return id;
}

async function inParallel<Entry>(entries: Entry[], work: (entry: Entry) => Promise<unknown>): Promise<void> {
  const left = [...entries];
  const one = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

async function statusCounts(workflowId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let cursor = ''; ;) {
    const page = await call<{ items: { status: string }[]; nextCursor: string | null }>(
      'GET',
      `/api/runs?workflowId=${workflowId}&limit=200${cursor && `&cursor=${cursor}`}`,
    );
    for (const { status } of page.items) counts[status] = (counts[status] ?? 0) + 1;
    if (page.nextCursor === null) return counts;
    cursor = page.nextCursor;
  }
}

it(`${count} runs wait at once, over a restart and the loss of Temporal's database, and each goes on once`, async () => {
  await pause(settleMs);
  const idle = memoryOf(wfaib);
  const untilTime = new Date(Date.now() + 60_000 + count * 60).toISOString();
  const timers = await publish('Waits for a time', { until: untilTime });
  const calls = await publish('Waits for a call', { webhook: true });
  const runIds: string[] = [];
  const from = performance.now();
  await inParallel([...Array(count).keys()], async (n) => {
    const workflowId = n % 2 === 0 ? timers : calls;
    const run = await call<{ runId?: string; id?: string }>('POST', '/api/runs', {
      workflowId,
      idempotencyKey: `wait-${n}`,
    });
    if (workflowId === calls) runIds.push(run.runId ?? run.id!);
  });
  const all = async () => Promise.all([statusCounts(timers), statusCounts(calls)]);
  await until('all wait', async () => (await all()).every(({ waiting }) => waiting === count / 2), 300_000);
  const startedIn = (performance.now() - from) / 1_000;
  const begun = memoryOf(wfaib);
  // What starting them took is given back meanwhile; what waiting takes stays.
  await pause(settleMs);
  printMemory({ idle, 'all have begun to wait': begun, 'all wait': memoryOf(wfaib) });
  expect((await statusCounts(timers))['waiting']).toBe(count / 2);

  process.kill(wfaib.serverPid(), 'SIGKILL');
  await wfaib.ready();
  process.kill(wfaib.processes().find(({ role }) => role === 'temporal')!.pid, 'SIGKILL');
  for (const file of readdirSync(wfaib.dataDir)) if (file.startsWith('temporal.db')) rmSync(join(wfaib.dataDir, file));
  await pause(3_000);

  const wokeAt = performance.now();
  const tokens: string[] = [];
  await inParallel(runIds, async (id) => {
    const { waits } = await call<{ waits: { token: string }[] }>('GET', `/api/runs/${id}`);
    tokens.push(waits[0]!.token);
  });
  await inParallel(tokens, (token) => call('POST', `/resume/${token}`, { woken: true }));
  await until('all have ended', async () => (await all()).every(({ succeeded }) => succeeded === count / 2), 1_800_000);
  const twice = await call<{ items: unknown[] }>('GET', `/api/runs?workflowId=${calls}&status=failed`);
  console.table([
    {
      runs: count,
      'started in s': startedIn,
      'ended in s': (performance.now() - wokeAt) / 1_000,
    },
  ]);
  expect(await all()).toEqual([{ succeeded: count / 2 }, { succeeded: count / 2 }]);
  expect(twice.items).toEqual([]);
  for (const id of runIds.slice(0, 200)) {
    const { steps } = await call<{ steps: { nodeId: string; visit: number }[] }>('GET', `/api/runs/${id}`);
    expect(steps.map(({ nodeId }) => nodeId)).toEqual(['start', 'wait', 'end']);
  }
}, 3_600_000);
