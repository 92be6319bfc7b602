import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import type { LoadTarget } from '../../server/src/cli/bench/http-load.js';
import { BenchScene, peakWhile, report, untilAtRest } from './bench-scene.js';

const bombs = {
  'while(true)': 'while (true) {}',
  'memory bomb': 'const all = []; for (;;) all.push("x".repeat(1e6) + all.length);',
};

/** A neighbour who is there, not one who fills the machine: memory would be his. */
const probeEveryMs = 20;

let scene: BenchScene;
let neighbour: LoadTarget;
beforeAll(async () => {
  scene = await BenchScene.open();
  neighbour = await scene.publish(benchWorkflows.codeOnce('neighbour'));
});
afterAll(() => scene?.close());

describe('hostile code', () => {
  it.each(Object.entries(bombs))('%s', async (name, code) => {
    const document = {
      wfaib: 1,
      name,
      nodes: [
        { id: 'start', name: 'Start', type: 'core.manual' },
        { id: 'bomb', name: 'Bomb', type: 'core.code', parameters: { code } },
      ],
      connections: [{ from: { node: 'start' }, to: { node: 'bomb' } }],
    };
    await probe();
    // Or else the garbage of the start is taken for the bomb's.
    await untilAtRest();
    const { all: atRest } = scene.memory();
    const { result, peak } = await peakWhile(scene, async () => {
      const from = performance.now();
      const ended = scene.wfaib.call<{ status: string; error?: { code: string } }>('POST', '/api/runs?wait=60s', {
        document,
      });
      const over = new AbortController();
      void ended.finally(() => over.abort());
      let slowest = 0;
      while (!over.signal.aborted) {
        slowest = Math.max(slowest, await probe());
        await sleep(probeEveryMs);
      }
      return { slowest, seconds: (performance.now() - from) / 1_000, error: (await ended).body.error?.code ?? '' };
    });
    report('Hostile code', {
      code: name,
      'stopped after s': result.seconds,
      error: result.error,
      'slowest code step of a neighbour': result.slowest,
    });
    report('Its memory at the peak', { code: name, 'all at rest': atRest, ...peak });
  });
});

/** A neighbour's run with a code step, asked for again where it was refused; milliseconds until it is answered. */
async function probe(): Promise<number> {
  const from = performance.now();
  for (;;) {
    const answer = await fetch(neighbour.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: neighbour.body ?? '{}',
    });
    await answer.text();
    if (answer.ok) return performance.now() - from;
    if (answer.status !== 503) throw new Error(`A neighbour was answered ${answer.status}.`);
    await sleep(probeEveryMs);
  }
}
