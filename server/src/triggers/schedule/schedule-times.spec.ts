import { describe, expect, it } from 'vitest';
import { scheduleSettingsOf } from './schedule-settings.js';
import { localIso, nextTime, timesAfter } from './schedule-times.js';

const times = (parameters: Record<string, unknown>, zone: string, after: string, count: number) => {
  const settings = scheduleSettingsOf(parameters, zone);
  return timesAfter(settings, Date.parse(after), Infinity, count).map((time) =>
    localIso(time, settings.timezone).replace(':00.000', ''),
  );
};

describe('where clocks change', () => {
  it.each([
    // Gap: 02:00 to 03:00 does not exist in Berlin on 29 March 2026.
    [
      'a daily start in the gap comes once, right after it',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T03:00+02:00', '2026-03-30T02:30+02:00'],
    ],
    [
      'a daily start before the gap is left alone',
      '59 1 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T01:59+01:00', '2026-03-30T01:59+02:00'],
    ],
    [
      'a start at the end of the gap comes once',
      '0 3 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T03:00+02:00', '2026-03-30T03:00+02:00'],
    ],
    [
      'hours in and after the gap are one start',
      '0 2,3 * * *',
      'Europe/Berlin',
      '2026-03-28T12:00Z',
      ['2026-03-29T03:00+02:00', '2026-03-30T02:00+02:00'],
    ],
    [
      'half hours go on through the gap',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-03-29T00:00Z',
      ['2026-03-29T01:30+01:00', '2026-03-29T03:00+02:00', '2026-03-29T03:30+02:00'],
    ],
    [
      'hours go on through the gap',
      '0 * * * *',
      'America/New_York',
      '2026-03-08T05:30Z',
      ['2026-03-08T01:00-05:00', '2026-03-08T03:00-04:00', '2026-03-08T04:00-04:00'],
    ],
    [
      'a weekly start in the gap comes once',
      '15 2 * * SUN',
      'America/New_York',
      '2026-03-07T12:00Z',
      ['2026-03-08T03:00-04:00', '2026-03-15T02:15-04:00'],
    ],
    // Repeated hour: 02:00 to 03:00 comes twice in Berlin on 25 October 2026.
    [
      'a daily start in the repeated hour comes once, at the first',
      '30 2 * * *',
      'Europe/Berlin',
      '2026-10-24T12:00Z',
      ['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00'],
    ],
    [
      'a daily start of New York comes once',
      '30 1 * * *',
      'America/New_York',
      '2026-10-31T12:00Z',
      ['2026-11-01T01:30-04:00', '2026-11-02T01:30-05:00'],
    ],
    [
      'half hours come in both of the repeated hours',
      '*/30 * * * *',
      'Europe/Berlin',
      '2026-10-24T23:40Z',
      [
        '2026-10-25T02:00+02:00',
        '2026-10-25T02:30+02:00',
        '2026-10-25T02:00+01:00',
        '2026-10-25T02:30+01:00',
        '2026-10-25T03:00+01:00',
      ],
    ],
    [
      'hours come in both of the repeated hours',
      '0 * * * *',
      'America/New_York',
      '2026-11-01T04:30Z',
      ['2026-11-01T01:00-04:00', '2026-11-01T01:00-05:00', '2026-11-01T02:00-05:00'],
    ],
    [
      'a change by half an hour is one too',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T00:00Z',
      ['2026-04-05T01:45+11:00', '2026-04-06T01:45+10:30'],
    ],
    [
      'a change at midnight keeps the day',
      '0 0 * * *',
      'Africa/Cairo',
      '2026-04-23T12:00Z',
      ['2026-04-24T01:00+03:00', '2026-04-25T00:00+03:00'],
    ],
  ])('%s', (_name, cron, zone, after, expected) => {
    expect(times({ cron: [cron] }, zone, after, expected.length)).toEqual(expected);
  });

  it.each(['30 2 * * *', '0 0 * * *', '30 1 * * *', '0 12 * * MON-SUN'])(
    'gives each day of five years exactly one start for %s, wherever it is',
    (cron) => {
      for (const zone of ['Europe/Berlin', 'America/New_York', 'America/Sao_Paulo', 'Asia/Kolkata', 'Africa/Cairo']) {
        const days = times({ cron: [cron] }, zone, '2024-01-01T12:00Z', 365 * 5).map((time) => time.slice(0, 10));
        expect(new Set(days).size).toBe(days.length);
        expect(days.length).toBe(365 * 5);
        const first = Date.parse(`${days[0]}T00:00Z`);
        expect(Date.parse(`${days.at(-1)}T00:00Z`)).toBe(first + (days.length - 1) * 86_400_000);
      }
    },
  );
});

describe('times', () => {
  it.each([
    ['every 15 minutes of the clock', { every: '15m' }, 'UTC', ['2026-01-31T10:15Z', '2026-01-31T10:30Z']],
    ['the last day of a month', { cron: ['0 0 L * *'] }, 'UTC', ['2026-02-28T00:00Z', '2026-03-31T00:00Z']],
    ['29 February', { cron: ['0 0 29 2 *'] }, 'UTC', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['the second Tuesday', { cron: ['0 9 * * TUE#2'] }, 'UTC', ['2026-02-10T09:00Z', '2026-03-10T09:00Z']],
    [
      'a list of expressions',
      { cron: ['0 12 * * *', '30 10 * * *'] },
      'UTC',
      ['2026-01-31T10:30Z', '2026-01-31T12:00Z'],
    ],
    [
      'equal times of a list once',
      { cron: ['0 12 * * *', '0 */12 * * *'] },
      'UTC',
      ['2026-01-31T12:00Z', '2026-02-01T00:00Z'],
    ],
    ['the 1st, and Mondays', { cron: ['0 0 1 * MON'] }, 'UTC', ['2026-02-01T00:00Z', '2026-02-02T00:00Z']],
    ['a text instead of a list', { cron: '5/20 * * * *' }, 'UTC', ['2026-01-31T10:25Z', '2026-01-31T10:45Z']],
    ['a nickname', { cron: ['@daily'] }, 'Asia/Tokyo', ['2026-02-01T00:00+09:00', '2026-02-02T00:00+09:00']],
    [
      'the zone of the node before that of the workflow',
      { cron: ['0 9 * * *'], timezone: 'Asia/Kolkata' },
      'UTC',
      ['2026-02-01T09:00+05:30', '2026-02-02T09:00+05:30'],
    ],
  ])('understand %s', (_name, parameters, zone, expected) => {
    expect(times(parameters, zone, '2026-01-31T10:05Z', 2)).toEqual(expected);
  });

  it('count seconds', () => {
    const every = scheduleSettingsOf({ every: '1s' }, 'UTC');
    const cron = scheduleSettingsOf({ cron: ['*/2 * * * * *'] }, 'UTC');
    expect(timesAfter(every, 1_000_000_500, Infinity, 2)).toEqual([1_000_001_000, 1_000_002_000]);
    expect(timesAfter(cron, 1_000_001_000, Infinity, 2)).toEqual([1_000_002_000, 1_000_004_000]);
  });

  it('are after the given one, never at it', () => {
    expect(nextTime(scheduleSettingsOf({ every: '1m' }, 'UTC'), 60_000)).toBe(120_000);
    expect(nextTime(scheduleSettingsOf({ cron: ['* * * * *'] }, 'UTC'), 60_000)).toBe(120_000);
    expect(nextTime(scheduleSettingsOf({ cron: ['* * * * *'] }, 'UTC'), 59_999)).toBe(60_000);
  });
});
