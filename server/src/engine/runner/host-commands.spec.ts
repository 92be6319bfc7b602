import { expect, it } from 'vitest';
import { aPlan } from '../../interpreter/graph.test-support.js';
import { isLight } from './host-commands.js';

const arrivals = (count: number) => (count === 0 ? [] : [{ step: 'before', port: 'main', count }]);
const inputs = (main: number, next: number) => ({
  inputs: [
    { port: 'main', arrivals: arrivals(main) },
    { port: 'next', arrivals: arrivals(next) },
  ],
});
const loopOf = (parameters: Record<string, number | string>) =>
  aPlan({
    nodes: { start: 'manual', loop: { type: 'core.loop', parameters } },
    connections: ['start -> loop'],
  }).nodes[1]!;

it('counts a round of a loop by its batch, and its end by what came back', () => {
  const loop = loopOf({ batchSize: 10 });
  expect(isLight(loop, inputs(100_000, 0))).toBe(true);
  expect(isLight(loop, inputs(100_000, 100_000))).toBe(false);
  expect(isLight(loopOf({ batchSize: 60_000 }), inputs(100_000, 0))).toBe(false);
  expect(isLight(loopOf({ mode: 'while' }), inputs(100_000, 0))).toBe(false);
});
