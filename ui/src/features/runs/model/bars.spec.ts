import { expect, it } from 'vitest';
import type { NodeTotals, StepStory } from '../../../api/types.js';
import { barsOf, ownTimeOf } from './bars.js';
import { nodeStatus, visitStatus } from './step-status.js';

const at = (ms: number) => new Date(ms).toISOString();
const error = { code: 'http.status', message: 'answered 503' };
const visit = (more: Partial<StepStory>): StepStory => ({
  id: 'v',
  nodeId: 'n',
  name: 'N',
  iteration: [],
  visit: 0,
  attempt: 1,
  status: 'succeeded',
  startedAt: at(100),
  endedAt: at(200),
  itemCounts: { in: 1, out: 1 },
  position: 0,
  tries: [],
  pauses: [],
  ...more,
});
const shape = (story: StepStory) => barsOf(story, 1_000).map(({ look, from, to }) => [look, from, to]);

it('a plain visit is one bar', () => {
  expect(shape(visit({}))).toEqual([['worked', 100, 200]]);
});

it('attempts are pieces of one bar, with the time between them', () => {
  const tries = [{ attempt: 1, startedAt: 10, endedAt: 20, dueAt: 90, error }];
  expect(shape(visit({ attempt: 2, tries, startedAt: at(90) }))).toEqual([
    ['failedTry', 10, 20],
    ['backOff', 20, 90],
    ['worked', 90, 200],
  ]);
});

it('while the next attempt is awaited nothing works', () => {
  const tries = [{ attempt: 1, startedAt: 10, endedAt: 20, dueAt: 5_000, error }];
  const story = visit({ status: 'waiting', endedAt: null, tries, error, startedAt: at(10) });
  expect(shape(story).map(([look]) => look)).toEqual(['failedTry', 'backOff']);
  expect(visitStatus(story)).toBe('retrying');
});

it('a pause is a wait up to now until it ends', () => {
  const pauses = [{ kind: 'timer' as const, until: 9_000, startedAt: 110, endedAt: null, endedBy: null }];
  expect(shape(visit({ status: 'waiting', endedAt: null, pauses }))).toEqual([['wait', 110, 1_000]]);
});

it('an open approval needs a person', () => {
  const pauses = [{ kind: 'approval' as const, until: null, startedAt: 110, endedAt: null, endedBy: null }];
  expect(visitStatus(visit({ status: 'waiting', pauses }))).toBe('needsYou');
});

it.each([
  ['core.approval', 'needsYou'],
  ['core.wait', 'waiting'],
])('a step of type %s that waits reads the same while only its totals are known', (type, status) => {
  const totals = { type, statuses: { waiting: 1, succeeded: 2 } } as unknown as NodeTotals;
  expect(nodeStatus(totals, { status: 'waiting' })).toBe(status);
});

it.each([
  ['kept and new visits', 0, 700_561, 700_000, 561],
  ['kept visits alone', 0, 40, 700_000, 40],
  ['new visits alone', 700_010, 700_100, 700_000, 90],
])('the time of a node with %s is that of the run itself', (_what, from, to, begin, ms) => {
  const counts = { depth: 0, visits: 2, statuses: {}, handled: 0, retried: 0 };
  const itemCounts = { in: 1, out: 1, error: 0 };
  const totals = { nodeId: 'n', name: 'N', type: 't', ...counts, itemCounts, startedAt: at(from), endedAt: at(to) };
  expect(ownTimeOf(totals, at(begin), 0)).toBe(ms);
});
