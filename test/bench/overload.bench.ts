import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { closedLoop, openLoop } from '../../server/src/cli/bench/http-load.js';
import { BenchScene, peakWhile, report } from './bench-scene.js';

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

describe('overload', () => {
  it.each(['auto', 'standard'] as const)('twice what it can hold, durability %s', async (durability) => {
    const target = await scene.publish(benchWorkflows.reply('over', durability));
    await closedLoop(target, 50, 2_000);
    const { perSecond } = await closedLoop(target, 50, 5_000);
    const { result, peak } = await peakWhile(scene, () => openLoop(target, perSecond * 2, 15_000));
    const from = performance.now();
    let recovered = await closedLoop(target, 1, 250);
    while ((recovered.ok === 0 || recovered.latency.p50 > 50) && performance.now() - from < 60_000)
      recovered = await closedLoop(target, 1, 250);
    const recoveredAfter = (performance.now() - from) / 1_000;
    const open = await openRuns();
    const refused = Object.entries(result.refused).map(([status, count]) => `${count} x ${status}`);
    report('Twice the rate it can hold, open loop, 15 s', {
      durability,
      'holds per s': perSecond,
      'asked per s': perSecond * 2,
      'answered per s': result.perSecond,
      p50: result.latency.p50,
      p99: result.latency.p99,
      refused: refused.join(', '),
      'Retry-After s': result.retryAfter?.join(' to ') ?? '',
      'peak memory, all': peak.all,
      'well again after s': recoveredAfter,
      'runs still open then': open,
    });
  });
});

async function openRuns(): Promise<number> {
  const statuses = ['pending', 'running', 'waiting'];
  const pages = await Promise.all(
    statuses.map((status) => scene.wfaib.call<{ items: unknown[] }>('GET', `/api/runs?status=${status}&limit=100`)),
  );
  return pages.reduce((sum, { body }) => sum + body.items.length, 0);
}
