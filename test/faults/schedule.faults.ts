import { afterAll, beforeAll, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../support/installation.js';
import { sendSignal } from '../support/send-signal.js';
import { startServerProcess, type ServerProcess } from '../support/server-process.js';
import { ask, pause, until } from './api.js';

/** How long processes are killed, in seconds, and the pause between two kills, in milliseconds. */
const seconds = Number(process.env['FAULTS_SECONDS'] ?? 40);
const betweenMs = 2_500;

interface Firing {
  scheduledFor: string;
  state: string;
  runId: string | null;
  runStatus: string | null;
  at: string;
}

let wfaib: Installation;
let environment: Record<string, string>;
let second: ServerProcess;
beforeAll(async () => {
  wfaib = await startInstallation();
  environment = wfaib.environment();
  second = await startServerProcess(environment, 'all');
});
afterAll(async () => {
  await second?.end();
  await wfaib?.stop();
});

/** Calls whichever server is there. */
async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  for (;;) {
    for (const url of [wfaib.url, second.url]) {
      const heard = await ask<Body>(method, `${url}${path}`, body, 10_000);
      if (heard !== undefined && heard.status < 500) return heard.body;
    }
    await pause(200);
  }
}

async function publish(name: string, parameters: object, durability: string): Promise<string> {
  const node = (id: string, type: string, rest: object = {}) => ({ id, name: id, type, parameters: {}, ...rest });
  const { id } = await call<{ id: string }>('POST', '/api/workflows', {
    wfaib: 1,
    name,
    nodes: [node('clock', 'core.schedule', { parameters }), node('pass', 'core.noop')],
    connections: [{ from: { node: 'clock', port: 'main' }, to: { node: 'pass', port: 'main' } }],
    settings: { durability, timezone: 'UTC' },
  });
  await call('POST', `/api/workflows/${id}/publish`);
  return id;
}

async function all<Row>(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: Row[]; nextCursor: string | null } = await call(
      'GET',
      `${path}limit=200${cursor && `&cursor=${cursor}`}`,
    );
    rows.push(...page.items);
    cursor = page.nextCursor;
  }
  return rows;
}

/** What became of every second since the workflow was published. */
async function verdictOf(workflowId: string) {
  const { items } = await call<{ items: { id: string }[] }>('GET', `/api/schedules?all=true&workflowId=${workflowId}`);
  const firings = await all<Firing>(`/api/schedules/${items[0]!.id}/firings?`);
  const runs = await all<{ id: string; status: string }>(`/api/runs?workflowId=${workflowId}&`);
  const times = firings.map(({ scheduledFor }) => Date.parse(scheduledFor)).toSorted((a, b) => a - b);
  const expected = times.length === 0 ? 0 : (times.at(-1)! - times[0]!) / 1_000 + 1;
  const started = firings.filter(({ runId }) => runId !== null);
  return {
    firings: firings.length,
    lost:
      expected -
      new Set(times).size +
      firings.filter(({ runId, state }) => runId === null && state !== 'dropped').length,
    doubled: runs.length - new Set(started.map(({ runId }) => runId)).size,
    unfinished: runs.filter(({ status }) => status !== 'succeeded').length,
  };
}

it('starts each second once while servers, the database and Temporal are killed', async () => {
  const workflows = await Promise.all([
    publish('In process', { every: '1s', overlap: 'allow' }, 'express'),
    publish('On the engine', { every: '1s', overlap: 'allow' }, 'standard'),
    publish('One by one', { every: '1s', overlap: 'buffer' }, 'standard'),
  ]);
  const end = performance.now() + seconds * 1_000;
  for (let kills = 0; performance.now() < end; kills++) {
    await pause(betweenMs * (0.5 + Math.random()));
    if (kills % 5 === 4) wfaib.signal('postgres', 'SIGKILL');
    else if (kills % 5 === 2) wfaib.signal('temporal', 'SIGKILL');
    else if (kills % 2 === 0) sendSignal(wfaib.serverPid(), 'SIGKILL');
    else {
      await second.end();
      second = await startServerProcess(environment, 'all').catch(() => second);
    }
  }
  await wfaib.ready();
  await pause(3_000);
  for (const id of workflows) await call('POST', `/api/workflows/${id}/unpublish`);
  const verdicts = async () => Promise.all(workflows.map(verdictOf));
  await until(
    'all runs have ended',
    async () => (await verdicts()).every(({ unfinished }) => unfinished === 0),
    90_000,
  );
  const found = await verdicts();
  console.table(found);
  for (const { firings, lost, doubled } of found) {
    expect(firings).toBeGreaterThan(seconds - 5);
    expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 });
  }
});
