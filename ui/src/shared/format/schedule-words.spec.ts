import { expect, it } from 'vitest';
import { cronInWords, scheduleInWords } from './schedule-words.js';

it.each([
  ['*/15 * * * *', 'Every 15 minutes'],
  ['* * * * *', 'Every minute'],
  ['5 * * * *', 'Every hour at minute 5'],
  ['0 9 * * *', 'Every day at 09:00'],
  ['0 30 7 * * *', 'Every day at 07:30'],
  ['0 9 * * MON-FRI', 'Monday – Friday at 09:00'],
  ['0 9 * * 1,3,0', 'Monday, Wednesday, and Sunday at 09:00'],
  ['15 6 1 * *', 'On day 1 of each month at 06:15'],
])('says %s in words', (cron, words) => {
  expect(cronInWords(cron)).toBe(words);
});

it.each(['*/7 * * * *', '0 9 1 1 *', '0 9 1 * MON', '10 0 9 * * *', '0 9-17 * * *', '0 9 * * MON#2', 'soon', ''])(
  'leaves %s as it is',
  (cron) => {
    expect(cronInWords(cron)).toBeUndefined();
  },
);

it('says all times of a schedule, and nothing while it has none', () => {
  expect(scheduleInWords({ cron: ['0 9 * * MON-FRI', '0 9 1 1 *'] })).toBe('Monday – Friday at 09:00 · 0 9 1 1 *');
  expect(scheduleInWords({ cron: '5 * * * *', every: '15m' })).toBe('Every hour at minute 5 · Every 15m');
  expect(scheduleInWords({ cron: [''], every: '' })).toBeUndefined();
});
