import { expect, it } from 'vitest';
import { dueTimes } from './due-times.js';
import { scheduleSettingsOf } from './schedule-settings.js';

const minute = 60_000;
const hour = 60 * minute;
const settings = (parameters: Record<string, unknown>) => scheduleSettingsOf(parameters, 'UTC');

it('takes the one time that has come', () => {
  const found = dueTimes(settings({ every: '1m' }), 100 * minute, 100 * minute + 20);
  expect(found).toEqual({ due: [100 * minute], next: 101 * minute });
});

it('makes up for all times within the window and counts those before it', () => {
  const now = 100 * minute + 20;
  const { due, missed, next } = dueTimes(settings({ every: '1m', catchUp: '10m' }), 40 * minute, now);
  expect(due).toEqual(Array.from({ length: 10 }, (_, n) => (91 + n) * minute));
  expect(missed).toEqual({ count: 51, from: 40 * minute, to: 90 * minute });
  expect(next).toBe(101 * minute);
});

it('lets a server be ten seconds late where nothing is to be made up for', () => {
  const none = settings({ every: '1m', catchUp: '0s' });
  expect(dueTimes(none, minute, minute + 10_000).due).toEqual([minute]);
  expect(dueTimes(none, minute, minute + 10_001)).toMatchObject({ due: [], missed: { count: 1 }, next: 2 * minute });
});

it('divides a long absence into rounds and loses nothing of it', () => {
  const long = settings({ every: '1s', catchUp: '1h' });
  const all: number[] = [];
  let next: number | undefined = hour;
  while (next! <= 2 * hour) {
    const found = dueTimes(long, next!, 2 * hour);
    expect(found.missed).toBeUndefined();
    all.push(...found.due);
    next = found.next;
  }
  expect(all).toEqual(Array.from({ length: 3_601 }, (_, n) => hour + n * 1_000));
});

it('does not count for ever what nobody will make up for', () => {
  const { due, missed } = dueTimes(settings({ every: '1s', catchUp: '10s' }), 0, 365 * 24 * hour);
  expect(due).toHaveLength(11);
  expect(missed).toMatchObject({ count: 1_000, from: 0 });
});
