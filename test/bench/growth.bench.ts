import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchBody, benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { latencyOf } from '../../server/src/cli/bench/latency.js';
import type { LoadResult } from '../../server/src/cli/bench/http-load.js';
import { storeRuns } from '../support/store-runs.js';
import { storeWorkflows } from '../support/store-workflows.js';
import { BenchScene, loadCells, report, startLine, type Cells } from './bench-scene.js';

/** How far each of them is taken. BENCH_FULL=yes goes to the end. */
const isFull = process.env['BENCH_FULL'] === 'yes';

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

/** Runs that are stored with their steps and events; those beyond are rows of the run table alone, which is what lists read. */
const withJournal = 200_000;

/** Runs that are to wait are started for as long as this, in milliseconds; a busy machine comes to fewer. */
const startBudgetMs = 600_000;

const median = (times: number[]): number => latencyOf(times).p50;

async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  return taken;
}

async function timedEach<Each>(all: readonly Each[], work: (each: Each) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (const each of all) taken.push(...(await timed(1, () => work(each))));
  return taken;
}

/** A server that is behind refuses callers: what it never answered has no median. */
const medianOf = ({ ok, latency }: LoadResult): Cells[string] => (ok > 0 ? latency.p50 : 'none answered');

const databaseUrl = (): string => scene.wfaib.environment()['DATABASE_URL']!;

describe('how cost grows with', () => {
  it.each([1, 10, 100, 1_000])('%i steps', async (steps) => {
    const target = await scene.publish(benchWorkflows.sets('steps', steps));
    const result = await scene.measure(target, 1, 3_000);
    const perStep = result.latency.p50 / steps;
    report('Chain of Set steps, one caller', {
      steps,
      ...loadCells(result),
      'p50 a step': perStep,
      'CPU/run': result.cpu.all,
    });
  });

  it.each([1, 10, 100])('%i steps, each an activity of Temporal (strict)', async (steps) => {
    const target = await scene.publish(benchWorkflows.sets('strict', steps, 'strict'));
    const result = await scene.measure(target, 1, 3_000);
    report('Chain of Set steps, strict, one caller', {
      steps,
      p50: result.latency.p50,
      'p50 a step': result.latency.p50 / steps,
    });
  });

  it.each([1, 10, 100, 500])('%i parallel branches', async (branches) => {
    const target = await scene.publish(benchWorkflows.branches('branches', branches));
    const result = await scene.measure(target, 1, 3_000);
    report('Parallel branches into a merge, one caller', { branches, ...loadCells(result), 'CPU/run': result.cpu.all });
  });

  // A million of them, through more steps, is what `large` measures.
  it.each([1, 10, 100, 1_000, 10_000, 100_000])('%i items', async (items) => {
    const target = await scene.publish(benchWorkflows.items('grown', items, 'set'));
    const result = await scene.measure(target, 1, 3_000);
    report('Code that makes items, then Set with an expression, one caller', {
      items,
      ...loadCells(result),
      'p50 of 1,000 items': (result.latency.p50 / items) * 1_000,
      'CPU/run': result.cpu.all,
    });
  });

  it('runs that wait', async () => {
    const made = await scene.wfaib.call<{ id: string }>('POST', '/api/workflows', waiting('Waits'));
    await scene.wfaib.call('POST', `/api/workflows/${made.body.id}/publish`, {});
    const reply = await scene.publish(benchWorkflows.reply('beside'));
    const before = scene.memory().all;
    const end = performance.now() + startBudgetMs;
    let started = 0;
    for (const count of isFull ? [1_000, 10_000] : [100, 1_000]) {
      const [from, startedBefore] = [performance.now(), started];
      for (; started < count && performance.now() < end; started += 50)
        await Promise.all(Array.from({ length: 50 }, () => start(made.body.id)));
      const each = (performance.now() - from) / Math.max(1, started - startedBefore);
      await untilAllWait();
      const begun = (performance.now() - from) / 1_000;
      const beside = await scene.measure(reply, 1, 2_000);
      report('Runs waiting at once', {
        runs: started,
        'start of each': each,
        'until all wait s': begun,
        'memory more': scene.memory().all - before,
        'webhook p50 beside them': medianOf(beside),
      });
    }
  });

  it('published workflows', async () => {
    const { workflowId } = await scene.publish(benchWorkflows.reply('many'));
    let published = 1;
    for (const count of isFull ? [1, 100, 1_000, 10_000] : [1, 100, 1_000]) {
      await storeWorkflows(databaseUrl(), workflowId, count - published);
      published = count;
      const [publishing] = await timed(1, () => scene.publish(benchWorkflows.reply(`last${count}`)));
      scene = await scene.restart();
      const others = await someWebhooks(200);
      const [first] = await timed(1, () => called(others[0]!));
      const each = await timedEach(others.slice(1), called);
      const warm = await scene.measure({ url: others[0]!, body: benchBody }, 1, 2_000);
      const list = await timed(10, () => scene.wfaib.call('GET', '/api/workflows?limit=50'));
      report('Published workflows', {
        workflows: count,
        'server ready s': Number(/Server ([\d.]+) s/.exec(startLine(scene))?.[1] ?? 0),
        'memory, server': scene.memory()['server']!,
        'first webhook': first!,
        'webhook of each other p50': each.length > 0 ? median(each) : '',
        'webhook p50': medianOf(warm),
        'publish one': publishing!,
        'list of workflows p50': median(list),
      });
    }
  });

  it('stored runs', async () => {
    const reply = await scene.publish(benchWorkflows.reply('stored'));
    await scene.measure(reply, 1, 500);
    const from = Date.now() - 2 * 3_600_000;
    let stored = 0;
    for (const count of isFull ? [100_000, 1_000_000, 5_000_000] : [10_000, 200_000]) {
      const more = { count: count - stored, withJournal: withJournal - stored, from: from + stored };
      await storeRuns(databaseUrl(), { workflowId: reply.workflowId, ...more });
      stored = count;
      const { latency } = await scene.measure(reply, 1, 2_000);
      const list = await timed(10, () => scene.wfaib.call('GET', '/api/runs?limit=50'));
      const failed = await timed(10, () => scene.wfaib.call('GET', '/api/runs?status=failed&limit=50'));
      const started = await timed(10, () => scene.wfaib.call('GET', '/api/runs?startedBy=manual&limit=50'));
      // Of a name that no run has: a page ends when it has looked at enough of them.
      const search = await timed(5, () => scene.wfaib.call('GET', '/api/runs?q=nothing-of-that-name&limit=50'));
      report('Stored runs', {
        runs: count,
        'of them with journal': Math.min(count, withJournal),
        'webhook p50': latency.p50,
        'run list p50': median(list),
        'failed ones p50': median(failed),
        'those of a person p50': median(started),
        'search in vain p50': median(search),
      });
    }
  });
});

/** Asks again while the server is behind. */
async function start(workflowId: string): Promise<void> {
  for (;;) {
    const { status } = await scene.wfaib.call('POST', '/api/runs', { workflowId });
    if (status < 300) return;
    if (status !== 503) throw new Error(`A run was not started: ${status}`);
    await sleep(200);
  }
}

/** Until no accepted run is still to be begun, five minutes at most. */
async function untilAllWait(): Promise<void> {
  const isOver = async (status: string) => {
    const { body } = await scene.wfaib.call<{ items: unknown[] }>('GET', `/api/runs?status=${status}&limit=1`);
    return body.items.length === 0;
  };
  const end = performance.now() + 300_000;
  while (performance.now() < end && !((await isOver('pending')) && (await isOver('running')))) await sleep(200);
}

/** Addresses of live webhooks, by chance. */
async function someWebhooks(most: number): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl() });
  await client.connect();
  try {
    const { rows } = await client.query<{ path: string }>('SELECT path FROM webhook_route ORDER BY random() LIMIT $1', [
      most,
    ]);
    return rows.map(({ path }) => `${scene.wfaib.url}/hooks/${path}`);
  } finally {
    await client.end();
  }
}

async function called(url: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: benchBody,
  });
  await answer.text();
  if (!answer.ok && answer.status !== 503) throw new Error(`${url} answered ${answer.status}`);
}

function waiting(name: string): unknown {
  return {
    wfaib: 1,
    name,
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'wait', name: 'Wait', type: 'core.wait', parameters: { for: '2h' } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'wait' } }],
  };
}
