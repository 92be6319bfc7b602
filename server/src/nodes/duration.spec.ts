import { expect, it } from 'vitest';
import { parseDuration } from './duration.js';

it.each([
  ['500ms', 500],
  ['15s', 15_000],
  ['30m', 1_800_000],
  ['1h30m', 5_400_000],
  ['1h 30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['1w', 604_800_000],
  ['PT1H30M', 5_400_000],
  ['P1D', 86_400_000],
  [250, 250],
  ['0s', 0],
])('reads %j as %d ms', (written, durationMs) => {
  expect(parseDuration(written)).toBe(durationMs);
});

it.each([
  '',
  'soon',
  '30',
  '-5m',
  '5 parsecs',
  'm',
  Number.NaN,
  -1,
  null,
  undefined,
  {},
  '9'.repeat(400) + 's',
  '99999999w',
])('does not take %j for a duration', (written) => {
  expect(parseDuration(written)).toBeUndefined();
});
