import { expect, it } from 'vitest';
import { binned, iterationOf } from './loop-iterations.js';
import type { LoopIteration } from './run-pages.types.js';

const counts = { failed: 0, running: 0, waiting: 0, handled: 0, retried: 0 };
const record = (more: Partial<typeof counts>) =>
  iterationOf({ index: 3, visits: 2, started_at: new Date(1), ended_at: new Date(2), ...counts, ...more });

it.each([
  [{}, 'succeeded'],
  [{ retried: 1 }, 'retried'],
  [{ retried: 1, handled: 1 }, 'handled'],
  [{ handled: 1, running: 1 }, 'running'],
  [{ running: 1, waiting: 1 }, 'waiting'],
  [{ waiting: 1, failed: 1 }, 'failed'],
])('an iteration with %j is %s: the worst of its visits', (visits, status) => {
  expect(record(visits).status).toBe(status);
});

it('an iteration with an open visit has no end', () => {
  expect(record({ running: 1 }).endedAt).toBeNull();
  expect(record({}).endedAt).toEqual(new Date(2));
});

const iterations = (count: number, failed: number): LoopIteration[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    status: index === failed ? 'failed' : 'succeeded',
    visits: 1,
    startedAt: null,
    endedAt: null,
  }));

it('ten thousand iterations fit into 200 parts, and the one that failed is not lost among them', () => {
  const parts = binned(iterations(10_000, 7_777), 200);
  expect(parts).toHaveLength(200);
  expect(parts.filter(({ status }) => status === 'failed')).toEqual([{ from: 7_750, to: 7_799, status: 'failed' }]);
});

it('a few iterations are a part each', () => {
  expect(binned(iterations(3, 1), 200).map(({ from, to }) => [from, to])).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
});
