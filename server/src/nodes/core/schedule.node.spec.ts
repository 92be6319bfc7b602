import { expect, it } from 'vitest';
import { parameterProblems } from '../parameters.js';
import { scheduleNode } from './schedule.node.js';

const problems = (parameters: Record<string, unknown>) =>
  parameterProblems({ id: 's', name: 'Nightly', parameters }, scheduleNode.descriptor);

it.each([
  { cron: ['0 9 * * MON-FRI'] },
  { cron: ['0 9 * * *', '30 17 * * 5'], timezone: 'Europe/Berlin' },
  { cron: '0 9 * * *' },
  { cron: ['*/10 * * * * *'] },
  { cron: ['@hourly'] },
  { cron: ['5/15 * * * *'] },
  { every: '1s' },
  { every: '15m', catchUp: '0s', overlap: 'allow' },
  { every: 'PT1H', timezone: '' },
])('accepts %j', (parameters) => {
  expect(problems(parameters)).toEqual([]);
});

it.each([
  [{}, 'parameter.missing', '"Nightly" needs one of "cron", "every". Fill in one of them.'],
  [{ cron: [] }, 'parameter.missing', '"Nightly" needs one of "cron", "every". Fill in one of them.'],
  [
    { cron: ['61 * * * *'] },
    'parameter.invalid',
    'holds "61 * * * *", which is no cron expression (invalid value for minute: 61)',
  ],
  [
    { cron: ['0 9 * * *', '0 9 * *'] },
    'parameter.invalid',
    'holds "0 9 * *", which has 4 parts where a cron expression has five',
  ],
  [{ cron: ['tomorrow'] }, 'parameter.invalid', 'which has 1 part where'],
  [{ cron: ['0 0 30 2 *'] }, 'parameter.invalid', 'holds "0 0 30 2 *", which never comes: there is no such day'],
  [{ cron: ['0 0 * * FOO'] }, 'parameter.invalid', 'which is no cron expression'],
  [{ cron: ['={{ $vars.cron }}'] }, 'parameter.invalid', 'which'],
  [{ cron: [{}] }, 'parameter.invalid', 'must be a list of texts'],
  [{ every: '500ms' }, 'parameter.invalid', '"every" of "Nightly" is "500ms", which is too short: the least is 1s'],
  [{ every: '0s' }, 'parameter.invalid', 'too short'],
  [{ every: 'often' }, 'parameter.invalid', 'must be a duration like 30m'],
  [{ every: '={{ $vars.every }}' }, 'parameter.invalid', 'takes no expression'],
  [
    { every: '1h', timezone: 'Mars/Olympus' },
    'parameter.invalid',
    'is "Mars/Olympus", which is no time zone: write a name like',
  ],
  [{ every: '1h', catchUp: 'x' }, 'parameter.invalid', 'must be a duration'],
  [{ every: '1h', overlap: 'maybe' }, 'parameter.invalid', 'must be "skip" or "buffer" or "allow"'],
  [{ every: '1h', zone: 'UTC' }, 'parameter.unknown', 'has no parameter "zone"'],
])('says what is wrong with %j', (parameters, code, message) => {
  expect(problems(parameters)).toEqual([
    expect.objectContaining({ severity: 'error', code, message: expect.stringContaining(message) }),
  ]);
});
