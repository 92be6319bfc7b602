import { afterAll, beforeAll, expect, it } from 'vitest';
import { benchBody, benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { closedLoop, type LoadResult, type LoadTarget } from '../../server/src/cli/bench/http-load.js';
import { startServerProcess, type ServerProcess } from '../support/server-process.js';
import { BenchScene, loadCells, report } from './bench-scene.js';

const many = 100;
const few = 4;
const measureMs = Number(process.env['BENCH_SECONDS'] ?? 5) * 1_000;

/**
 * Two servers on one database and one Temporal. A server takes the first tasks of the runs it starts for itself. Callers
 * are refused (`failed`) while any accepted run of the installation waits too long for its start, whichever server is asked.
 */
let scene: BenchScene;
let other: ServerProcess;
let busy: LoadTarget;
let quiet: LoadTarget;
beforeAll(async () => {
  scene = await BenchScene.open();
  const workflow = benchWorkflows.sets('neighbours', 3, 'standard');
  busy = await scene.publish(workflow);
  other = await startServerProcess(scene.wfaib.environment(), 'all');
  quiet = { url: `${other.url}/hooks/${workflow.path}`, body: benchBody };
  await Promise.all([busy, quiet].map((target) => closedLoop(target, few, 2_000)));
});
afterAll(async () => {
  await other?.end();
  await scene?.close();
});

async function callBoth(onBusy: number, onQuiet: number): Promise<[LoadResult, LoadResult]> {
  const results = await Promise.all([closedLoop(busy, onBusy, measureMs), closedLoop(quiet, onQuiet, measureMs)]);
  tell('one', onBusy, results[0]);
  tell('the other', onQuiet, results[1]);
  return results;
}

function tell(server: string, callers: number, result: LoadResult): void {
  report('3 steps on Temporal, two servers, one machine', { server, callers, ...loadCells(result) });
}

it(`${few} callers of one server do not wait for the ${many} of another`, async () => {
  tell('the other, alone', few, await closedLoop(quiet, few, measureMs));
  const [crowd, neighbour] = await callBoth(many, few);
  expect(neighbour.latency.p95).toBeLessThan(crowd.latency.p95);
});

it(`two servers with ${many} callers each share what there is`, async () => {
  const [one, two] = await callBoth(many, many);
  const share = one.ok / (one.ok + two.ok);
  expect(share).toBeGreaterThan(1 / 3);
  expect(share).toBeLessThan(2 / 3);
});
