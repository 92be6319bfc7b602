import { expect, it } from 'vitest';
import type { NodeTotals } from '../../../api/types.js';
import { compareRuns } from './compare-runs.js';

const node = (nodeId: string, more: Partial<NodeTotals> = {}): NodeTotals => ({
  nodeId,
  name: nodeId,
  type: 't',
  visits: 1,
  statuses: { succeeded: 1 },
  handled: 0,
  retried: 0,
  depth: 0,
  startedAt: null,
  endedAt: null,
  itemCounts: { in: 1, out: 1, error: 0 },
  ...more,
});
const differences = (...args: Parameters<typeof compareRuns>) =>
  compareRuns(...args).map(({ nodeId, differs }) => [nodeId, differs]);

it('names what is not the same at each step', () => {
  const one = [node('a'), node('b'), node('c', { visits: 3 }), node('d', { statuses: { failed: 1 } }), node('e')];
  const other = [node('a'), node('b', { itemCounts: { in: 1, out: 2, error: 0 } }), node('c'), node('d'), node('f')];
  expect(differences(one, other)).toEqual([
    ['a', undefined],
    ['b', 'items'],
    ['c', 'visits'],
    ['d', 'outcome'],
    ['e', 'way'],
    ['f', 'way'],
  ]);
});

it('does not mind how long a step took', () => {
  expect(differences([node('a', { startedAt: '2026-01-01T00:00:00Z' })], [node('a')])).toEqual([['a', undefined]]);
});
