import { expect, it } from 'vitest';
import type { NodeTotals } from '../../../api/types.js';
import { iterationText, parseIteration, selectionOf } from './selection.js';

const node = (nodeId: string, depth: number) => ({ nodeId, depth }) as NodeTotals;
const run = {
  nodes: [node('start', 0), node('work', 1), node('inner', 2)],
  focus: { stepId: 'x', nodeId: 'work', iteration: [40], visit: 1 },
};

it('opens at the visit that the server calls the one that matters', () => {
  expect(selectionOf(run, {})).toEqual({ nodeId: 'work', iteration: [40], visit: 1 });
});

it('stays in the iteration when another step of the loop is chosen', () => {
  expect(selectionOf(run, { step: 'inner' })).toEqual({ nodeId: 'inner', iteration: [40, 0], visit: undefined });
  expect(selectionOf(run, { step: 'start' })).toEqual({ nodeId: 'start', iteration: [], visit: undefined });
});

it('takes iteration and visit from the address, which count from 1', () => {
  expect(selectionOf(run, { step: 'inner', iter: '3.17', visit: '2' })).toEqual({
    nodeId: 'inner',
    iteration: [2, 16],
    visit: 1,
  });
});

it('reads an address that makes no sense as the beginning', () => {
  expect(selectionOf(run, { step: 'work', iter: 'x' })).toMatchObject({ iteration: [0] });
  expect(parseIteration('0')).toEqual([]);
});

it('writes iterations as it reads them', () => {
  expect(parseIteration(iterationText([40, 0]))).toEqual([40, 0]);
});
