import { expect, it } from 'vitest';
import { missingPeriods, weeksFrom } from './run-partitions.js';

it('splits time into weeks that begin on a Monday and touch each other', () => {
  const [first, second] = weeksFrom(new Date('2026-11-29T23:59:59Z'), 2);
  expect([first!.suffix, second!.suffix]).toEqual(['w2026_11_23', 'w2026_11_30']);
  expect(first!.to).toBe(second!.from);
  expect(weeksFrom(new Date('2026-11-30T00:00:00Z'), 1)).toEqual([second]);
});

it('finds what no partition holds yet', () => {
  const weeks = weeksFrom(new Date('2026-11-25T00:00:00Z'), 3);
  const [first, second, third] = weeks as [(typeof weeks)[0], (typeof weeks)[0], (typeof weeks)[0]];
  expect(missingPeriods(weeks, [])).toEqual(weeks);
  expect(missingPeriods(weeks, [first, third])).toEqual([second]);
  const inTheSecond = `${second.from.slice(0, 12)}9${second.from.slice(13)}`;
  expect(missingPeriods(weeks, [{ from: '0', to: inTheSecond }])).toEqual([{ ...second, from: inTheSecond }, third]);
  expect(missingPeriods(weeks, [{ from: inTheSecond, to: 'ffffffff' }])).toEqual([
    first,
    { ...second, to: inTheSecond },
  ]);
  expect(missingPeriods(weeks, [{ from: '0', to: 'ffffffff' }])).toEqual([]);
});
