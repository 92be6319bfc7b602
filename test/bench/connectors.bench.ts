import { describe, it } from 'vitest';
import { latencyOf } from '../../server/src/cli/bench/latency.js';
import { makeProductWithConnectors } from '../support/next-build.js';
import { BenchScene, report, startLine } from './bench-scene.js';

describe('connectors', () => {
  it.each([3, 100])('%i of them', async (count) => {
    const product = makeProductWithConnectors(count);
    try {
      const first = await BenchScene.open({ root: product.root });
      const times: number[] = [];
      let bytes = 0;
      let listed = 0;
      for (let turn = 0; turn < 20; turn++) {
        const from = performance.now();
        const { body } = await first.wfaib.call<{ items: unknown[] }>('GET', '/api/connectors');
        times.push(performance.now() - from);
        [bytes, listed] = [JSON.stringify(body).length, body.items.length];
      }
      const memory = first.usage().all.rssMb;
      const second = await first.restart();
      report('Connectors', {
        connectors: listed,
        'first start': startLine(first),
        'second start': startLine(second),
        'list p50': latencyOf(times).p50,
        'list KB': bytes / 1_024,
        'memory, all': memory,
      });
      await second.close();
    } finally {
      product.remove();
    }
  });
});
