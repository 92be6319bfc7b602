import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { latencyOf } from '../../server/src/cli/bench/latency.js';
import { BenchScene, loadCells, peakWhile, report } from './bench-scene.js';

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

/** Calls one after the other, after as many to warm up. */
async function times(target: { url: string; body?: string }, count: number): Promise<number[]> {
  const taken: number[] = [];
  for (let call = 0; call < count * 2; call++) {
    const from = performance.now();
    const answer = await fetch(target.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: target.body ?? '{}',
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${target.url} answered ${answer.status}: ${text}`);
    if (call >= count) taken.push(performance.now() - from);
  }
  return taken;
}

describe('code and items', () => {
  it.each([1, 10, 100])('code that makes 100 items, %i callers', async (callers) => {
    const target = await scene.publish(benchWorkflows.code(`c${callers}`));
    const result = await scene.measure(target, callers);
    report('Webhook, Code that makes 100 items, Respond', { callers, ...loadCells(result), 'CPU/run': result.cpu.all });
  });

  it('the round trip of a warm code step', async () => {
    const { p50, p95 } = latencyOf(await times(await scene.publish(benchWorkflows.codeOnce('once')), 100));
    const without = latencyOf(await times(await scene.publish(benchWorkflows.reply('once')), 100));
    report('Code step on 1 KB, one caller', { 'whole run p50': p50, p95, 'run without code p50': without.p50 });
  });

  it.each(['nothing', 'set', 'code all', 'code each'] as const)('10,000 items, then %s', async (then) => {
    const target = await scene.publish(benchWorkflows.items('many', 10_000, then));
    const { result, peak } = await peakWhile(scene, () => times(target, 5));
    report('Code makes 10,000 items, then', {
      'next step': then,
      p50: latencyOf(result).p50,
      'peak memory, all': peak.all,
    });
  });

  it('100 code steps of different workflows at once', async () => {
    const targets = [];
    for (let index = 0; index < 100; index++) targets.push(await scene.publish(benchWorkflows.codeOnce(`p${index}`)));
    const all = await Promise.all(targets.map((target) => times(target, 1)));
    const { p50, max } = latencyOf(all.flat());
    report('100 workflows with a code step at once', { p50, slowest: max });
  });
});
