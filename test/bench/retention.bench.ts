import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { closedLoop } from '../../server/src/cli/bench/http-load.js';
import type { LoadResult, LoadTarget } from '../../server/src/cli/bench/http-load.js';
import { createPartition, partitionedTables, weeksFrom } from '../../server/src/database/run-partitions.js';
import { openOnPostgres } from '../../server/src/jobs/open-on-postgres.js';
import { storeRuns } from '../support/store-runs.js';
import { BenchScene, report } from './bench-scene.js';

const isFull = process.env['BENCH_FULL'] === 'yes';
const dayMs = 86_400_000;
/** A new installation has its first round a minute after its start; beside that, another one would do nothing. */
const firstRoundMs = 75_000;

let scene: BenchScene;
let database: Client;
beforeAll(async () => {
  scene = await BenchScene.open();
  database = new Client({ connectionString: scene.wfaib.environment()['DATABASE_URL']! });
  await database.connect();
  await new Promise((resolve) => setTimeout(resolve, firstRoundMs));
});
afterAll(async () => {
  await database?.end();
  await scene?.close();
});

/** Callers beside the removal, and how long at least. */
const [callers, leastMs] = [4, 3_000];

describe('retention beside webhooks', () => {
  it('of a week that is over, which is dropped', async () => {
    const target = await warm('dropped');
    for (const count of isFull ? [200_000, 1_000_000] : [20_000, 200_000]) {
      const from = Date.now() - 60 * dayMs;
      for (const table of partitionedTables)
        await database.query(createPartition(table, weeksFrom(new Date(from), 1)[0]!));
      await storeRuns(databaseUrl(), { workflowId: target.workflowId, count, withJournal: 200_000, from });
      await measure('a week is dropped', count, target);
    }
  });

  it('of runs that are too many, one by one', async () => {
    const target = await warm('counted');
    const old = await scene.publish({ ...benchWorkflows.reply('many'), document: keepsTen() });
    await closedLoop(old, 1, 500);
    for (const count of isFull ? [20_000, 200_000] : [2_000, 20_000]) {
      const stored = { workflowId: old.workflowId, count, withJournal: count, from: Date.now() - dayMs };
      await storeRuns(databaseUrl(), stored);
      await measure('runs go one by one', count, target);
    }
  });
});

const databaseUrl = (): string => scene.wfaib.environment()['DATABASE_URL']!;

async function warm(tag: string): Promise<LoadTarget & { workflowId: string }> {
  const target = await scene.publish(benchWorkflows.reply(tag));
  await closedLoop(target, callers, 2_000);
  return target;
}

/** A workflow that keeps its ten newest runs. */
function keepsTen(): unknown {
  const document = benchWorkflows.reply('many').document as { settings: object };
  return { ...document, settings: { ...document.settings, retention: { runs: 10 } } };
}

async function measure(what: string, count: number, target: LoadTarget): Promise<void> {
  const alone = await closedLoop(target, callers, leastMs);
  const before = await runsThere();
  const round = retentionRound();
  const beside: LoadResult[] = [];
  do beside.push(await closedLoop(target, callers, leastMs));
  while (!(await round.isOver()));
  const largest = (of: (each: (typeof beside)[number]) => number): number => Math.max(...beside.map(of));
  report('Retention beside webhooks', {
    what,
    'runs too old': count,
    'runs gone': before + beside.reduce((sum, { ok }) => sum + ok, 0) - (await runsThere()),
    'took s': round.seconds(),
    'webhook p99 alone': alone.latency.p99,
    'p99 beside it': largest(({ latency }) => latency.p99),
    'longest beside it': largest(({ latency }) => latency.max),
    failed: beside.flatMap(({ refused }) => Object.values(refused)).reduce((sum, each) => sum + each, 0),
  });
}

async function runsThere(): Promise<number> {
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM run');
  return rows[0]!.count;
}

/** The hourly round, now. */
function retentionRound(): { isOver(): Promise<boolean>; seconds(): number } {
  const from = performance.now();
  let seconds = 0;
  const done = begin().then(() => void (seconds = (performance.now() - from) / 1_000));
  return {
    isOver: () =>
      Promise.race([done.then(() => true), new Promise<false>((resolve) => setTimeout(resolve, 10, false))]),
    seconds: () => seconds,
  };
}

async function begin(): Promise<void> {
  const spec = { name: 'wfaib-jobs', process: undefined, concurrency: 1, defaults: { removeOnComplete: true } };
  const { queue, close } = await openOnPostgres(databaseUrl(), spec, (error) => console.error(error));
  const job = await queue.add('retention', { kind: 'retention', data: {} });
  while ((await queue.getJob(job.id!)) !== undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  await close();
}
