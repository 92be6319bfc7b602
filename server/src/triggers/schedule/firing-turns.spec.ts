import { expect, it } from 'vitest';
import { takeTurns } from './firing-turns.js';
import type { FiringRow } from './schedule.types.js';

const firing = (nominalAt: number, more: Partial<FiringRow> = {}): FiringRow => ({
  key: `k${nominalAt}`,
  scheduleId: 's',
  nominalAt: new Date(nominalAt),
  kind: 'schedule',
  overlap: 'skip',
  state: 'waiting',
  runId: null,
  note: null,
  attempts: 0,
  changedAt: new Date(nominalAt),
  ...more,
});
const going = (since: number, more: Partial<FiringRow> = {}) =>
  firing(since, { state: 'running', runId: `run-${since}`, ...more });
const decisions = (waiting: FiringRow[], running: FiringRow[]) =>
  takeTurns(waiting, running, 1_000).map(({ does }) => does);

it('starts what is alone', () => {
  expect(decisions([firing(900)], [])).toEqual(['start']);
});

it('skips a firing at whose time a run was going, and names that run', () => {
  expect(takeTurns([firing(900)], [going(500)], 1_000)).toMatchObject([
    { does: 'skip', note: 'The run before it was still going: run-500.' },
  ]);
});

it('lets late firings follow each other, because nothing was going at their times', () => {
  expect(decisions([firing(700), firing(800), firing(900)], [])).toEqual(['start', 'wait', 'wait']);
  expect(decisions([firing(800), firing(900)], [going(950)])).toEqual(['wait', 'wait']);
});

it('lets buffered firings wait', () => {
  expect(decisions([firing(900, { overlap: 'buffer' })], [going(500)])).toEqual(['wait']);
  expect(decisions([firing(800, { overlap: 'buffer' }), firing(900, { overlap: 'buffer' })], [])).toEqual([
    'start',
    'wait',
  ]);
});

it('starts side by side what may overlap', () => {
  expect(decisions([firing(800, { overlap: 'allow' }), firing(900, { overlap: 'allow' })], [going(1)])).toEqual([
    'start',
    'start',
  ]);
});

it('starts what a person asked for whatever is going, and the next scheduled one minds it', () => {
  const asked = firing(900, { kind: 'trigger', overlap: 'allow' });
  expect(decisions([asked], [going(500)])).toEqual(['start']);
  expect(decisions([firing(950)], [going(900, { kind: 'trigger' })])).toEqual(['skip']);
});

it('never lets a backfill keep the schedule from its times, but the other way round', () => {
  const filled = firing(10, { kind: 'backfill', overlap: 'buffer' });
  expect(decisions([firing(900)], [going(500, { kind: 'backfill' })])).toEqual(['start']);
  expect(decisions([filled], [going(500)])).toEqual(['wait']);
  expect(decisions([filled, firing(20, { kind: 'backfill', overlap: 'buffer' })], [])).toEqual(['start', 'wait']);
});
