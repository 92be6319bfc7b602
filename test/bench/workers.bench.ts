import { Client } from 'pg';
import { afterAll, beforeAll, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { closedLoop } from '../../server/src/cli/bench/http-load.js';
import { startServerProcess, type ServerProcess } from '../support/server-process.js';
import { BenchScene, loadCells, report } from './bench-scene.js';
import { usageOf } from './process-usage.js';

const callers = 20;
const measureMs = Number(process.env['BENCH_SECONDS'] ?? 5) * 1_000;
const pool = 15;

let scene: BenchScene;
const workers: ServerProcess[] = [];
beforeAll(async () => {
  scene = await BenchScene.open({ env: { WFAIB_ROLE: 'api', WFAIB_DATABASE_POOL: `${pool}` } });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  await scene?.close();
});

it.each([1, 2, 4])('one server that answers and %i that work', async (count) => {
  while (workers.length < count) workers.push(await startServerProcess(scene.wfaib.environment(), 'worker'));
  const target = await scene.publish(benchWorkflows.sets(`workers-${count}`, 10, 'standard'));
  await closedLoop(target, callers, 2_000);
  const pids = { work: workers.map(({ pid }) => pid), temporal: scene.wfaib.pids('temporal') };
  const before = { work: usageOf(pids.work).cpuMs, temporal: usageOf(pids.temporal).cpuMs };
  const result = await closedLoop(target, callers, measureMs);
  const share = (now: number, then: number) => (now - then) / measureMs;
  report('10 steps on Temporal, 20 callers, one machine', {
    workers: count,
    ...loadCells(result),
    'cores of the workers': share(usageOf(pids.work).cpuMs, before.work),
    'cores of Temporal': share(usageOf(pids.temporal).cpuMs, before.temporal),
    'connections to PostgreSQL': await connections(),
  });
});

/** Connections of all servers to PostgreSQL: {@link pool} of each at most, and one each for listening. */
async function connections(): Promise<number> {
  const client = new Client({ connectionString: scene.wfaib.environment()['DATABASE_URL'] });
  await client.connect();
  try {
    const { rows } = await client.query<{ open: number }>(
      'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return rows[0]!.open;
  } finally {
    await client.end();
  }
}
