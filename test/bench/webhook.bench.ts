import { afterAll, beforeAll, describe, it } from 'vitest';
import { benchWorkflows } from '../../server/src/cli/bench/bench-workflows.js';
import { BenchScene, loadCells, report } from './bench-scene.js';

const durabilities = ['auto', 'express', 'standard', 'strict', 'queue'] as const;
const connections = [1, 10, 100];

let scene: BenchScene;
beforeAll(async () => {
  scene = await BenchScene.open();
});
afterAll(() => scene?.close());

describe('webhook, one step, answer', () => {
  it.each(durabilities)('with durability %s', async (durability) => {
    const target = await scene.publish(benchWorkflows.reply('hook', durability));
    for (const callers of connections) {
      const result = await scene.measure(target, callers);
      const { all, postgres, temporal } = result.cpu;
      const cpu = { 'CPU/run': all, 'of it PostgreSQL': postgres, 'of it Temporal': temporal };
      report('Webhook, Set with an expression, Respond', { durability, callers, ...loadCells(result), ...cpu });
    }
  });
});
