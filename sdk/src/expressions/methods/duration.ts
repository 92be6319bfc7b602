import type { DateTimeUnit, Duration, DurationLikeObject } from 'luxon';
import { memberTable, type PropertyRow } from '../views.js';
import { textOf } from './arguments.js';
import { durationOf, unitsOf, formatOf } from './date-arguments.js';

const units = ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds', 'milliseconds'] as const;

export const durationMembers = memberTable<Duration>(
  [
    [
      'as',
      '(unit)',
      'The length in one unit, with decimals.',
      (d, [unit]) => d.as(unitsOf(unit, 'as')[0] as DateTimeUnit),
    ],
    ['minus', '(length)', 'This length less another.', (d, [other]) => d.minus(durationOf(other, undefined, 'minus'))],
    ['negate', '()', 'The length with its sign turned.', (d) => d.negate()],
    ['normalize', '()', 'Units carried over: 90 minutes of hours and minutes become 1 hour 30.', (d) => d.normalize()],
    ['plus', '(length)', 'This length and another.', (d, [other]) => d.plus(durationOf(other, undefined, 'plus'))],
    ['rescale', '()', 'In the largest units it fills.', (d) => d.rescale()],
    [
      'shiftTo',
      '(...units)',
      'In other units.',
      (d, list) => d.shiftTo(...(unitsOf(list, 'shiftTo') as (keyof DurationLikeObject)[])),
    ],
    [
      'toFormat',
      '(format)',
      'As text, for example toFormat("hh:mm").',
      (d, [format], run) => d.toFormat(formatOf(textOf(format, run), 'toFormat')),
    ],
    ['toHuman', '()', 'As words.', (d) => d.toHuman()],
    ['toISO', '()', 'As ISO text, for example "P1DT2H".', (d) => d.toISO()],
    ['toMillis', '()', 'In milliseconds.', (d) => d.toMillis()],
    ['toObject', '()', 'As an object of units.', (d) => ({ ...d.toObject() })],
    ['toString', '()', 'As ISO text.', (d) => d.toISO()],
    ['valueOf', '()', 'In milliseconds.', (d) => d.toMillis()],
  ],
  [
    ...units.map((unit): PropertyRow<Duration> => [unit, `The ${unit} of the length.`, (d) => d[unit]]),
    ['isValid', 'Whether it is a length of time at all.', (d) => d.isValid],
  ],
);
