import { expect, it } from 'vitest';
import type { NodeTotals, RunOverview } from '../../../api/types.js';
import { fromStep, retryPlaces } from './retry-places.js';

const totals = (nodeId: string) => ({ nodeId, name: nodeId.toUpperCase() }) as NodeTotals;
const aRun = (status: string) =>
  ({ status, nodes: [totals('start'), totals('charge')], focus: { nodeId: 'charge' } }) as unknown as RunOverview;

it('goes on first where a run failed, then from the start', () => {
  expect(retryPlaces(aRun('failed'), undefined)).toEqual([
    { label: 'From the failed step “CHARGE”', request: {} },
    { label: 'From the start, with the same input', request: { from: 'start' } },
  ]);
});

it('offers the step it was asked for first, and the start once', () => {
  expect(retryPlaces(aRun('succeeded'), fromStep(totals('charge'))).map(({ request }) => request)).toEqual([
    { from: 'charge' },
    { from: 'start' },
  ]);
  expect(retryPlaces(aRun('succeeded'), fromStep(totals('start'))).map(({ request }) => request)).toEqual([
    { from: 'start' },
  ]);
});
