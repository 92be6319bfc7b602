import { expect, it } from 'vitest';
import { formatDay, formatDuration, formatInstant } from './time.js';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1_240, '1.2 s'],
  [59_000, '59 s'],
  [245_000, '4 m 05 s'],
  [21_840_000, '6 h 04 m'],
  [260_000_000, '3 d 0 h'],
])('reads %i ms as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it('names today and yesterday in lists, and the year only where it is another', () => {
  const now = new Date(2026, 10, 23, 15, 30);
  expect(formatDay(new Date(2026, 10, 23, 9, 5).getTime(), now)).toMatch(/^Today, /);
  expect(formatDay(new Date(2026, 10, 22, 23, 59).getTime(), now)).toMatch(/^Yesterday, /);
  expect(formatDay(new Date(2026, 2, 1).getTime(), now)).not.toContain('2026');
  expect(formatDay(new Date(2025, 2, 1).getTime(), now)).toContain('2025');
  expect(formatDay(null, now)).toBe('–');
});

it('writes the time of day as the language does', () => {
  const morning = new Date(2026, 10, 23, 4, 43, 3);
  expect(formatInstant(morning.getTime(), morning)).toMatch(/^(4:43:03\sAM|04:43:03)$/);
});
