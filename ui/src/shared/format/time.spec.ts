import { expect, it } from 'vitest';
import { formatDuration } from './time.js';

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
