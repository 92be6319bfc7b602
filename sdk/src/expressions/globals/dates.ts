import { DateTime, Duration } from 'luxon';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { dateFieldsOf, dateOf, durationOf, zoneOf } from '../methods/date-arguments.js';
import { parseFormat, parseStyle } from '../methods/date-parsing.js';
import { kindOf, toNumber } from '../values.js';
import { textOf } from '../methods/arguments.js';
import { memberTable, Namespace, type MethodRow } from '../views.js';

function zoneIn(options: unknown, user: string): string | undefined {
  if (kindOf(options) !== 'object' || !Object.hasOwn(options as object, 'zone')) return undefined;
  return zoneOf((options as { zone: unknown }).zone, user);
}

function reader(name: 'fromISO' | 'fromRFC2822' | 'fromHTTP' | 'fromSQL', style: string): MethodRow<undefined> {
  const doc = `The date of a text in ${style} style; not a date where it names none.`;
  return [
    name,
    '(text, { zone }?)',
    doc,
    (_, [text, o], run) => parseStyle(textOf(text, run), name, run, zoneIn(o, name)),
  ];
}

function fromMillis(value: unknown, options: unknown, user: string, run: Evaluation): DateTime {
  const millis = toNumber(value, run.budget);
  if (!(Math.abs(millis) <= 8.64e15)) throw new ExpressionError(`${user} needs a time within the calendar`);
  return DateTime.fromMillis(millis, { zone: zoneIn(options, user) ?? run.scope.timezone });
}

/** Year, month and so on one after the other, in the zone of the workflow or in UTC. */
function fromParts(args: readonly unknown[], zone: string, firstMonth: 0 | 1, run: Evaluation): DateTime {
  const names = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'];
  const given = args.slice(0, names.length).map((part) => toNumber(part, run.budget));
  if (given.some((part) => !Number.isFinite(part))) return DateTime.invalid('not a number');
  const [year = 1970, month = firstMonth, ...rest] = given;
  if (firstMonth === 1)
    return DateTime.fromObject(Object.fromEntries([year, month, ...rest].map((part, index) => [names[index]!, part])), {
      zone,
    });
  const start = DateTime.fromObject({ year }, { zone });
  const later = [month, (rest[0] ?? 1) - 1, ...rest.slice(1)];
  return later.reduce((date, amount, index) => date.plus({ [`${names[index + 1]!}s`]: Math.trunc(amount) }), start);
}

function local(_: undefined, args: readonly unknown[], run: Evaluation): DateTime {
  return args.length === 0 ? run.now : fromParts(args, run.scope.timezone, 1, run);
}

const pick = (which: 'min' | 'max') => (_: undefined, dates: readonly unknown[], run: Evaluation) =>
  DateTime[which](...dates.map((date) => dateOf(date, run, which)));

export const dateTimeNamespace = new Namespace(
  'DateTime',
  memberTable<undefined>([
    ['now', '()', 'The time of the step, in the zone of the workflow.', (_, _args, run) => run.now],
    ['local', '(year?, month?, …)', 'A date in the zone of the workflow.', local],
    [
      'utc',
      '(year?, month?, …)',
      'A date in UTC.',
      (_, args, run) => (args.length === 0 ? run.now.toUTC() : fromParts(args, 'utc', 1, run)),
    ],
    reader('fromISO', 'ISO'),
    reader('fromRFC2822', 'e-mail'),
    reader('fromHTTP', 'HTTP'),
    reader('fromSQL', 'SQL'),
    [
      'fromFormat',
      '(text, format, { zone }?)',
      'The date of a text in your own format.',
      (_, [text, f, o], run) => parseFormat(textOf(text, run), f, run, zoneIn(o, 'fromFormat')),
    ],
    [
      'fromMillis',
      '(milliseconds)',
      'The date at this many milliseconds since 1970.',
      (_, [n, o], run) => fromMillis(n, o, 'fromMillis', run),
    ],
    [
      'fromSeconds',
      '(seconds)',
      'The date at this many seconds since 1970.',
      (_, [n, o], run) => fromMillis(toNumber(n, run.budget) * 1000, o, 'fromSeconds', run),
    ],
    ['fromJSDate', '(date)', 'The date of a Date.', (_, [date], run) => dateOf(date, run, 'fromJSDate')],
    [
      'fromObject',
      '(fields, { zone }?)',
      'The date with these parts.',
      (_, [fields, o], run) =>
        DateTime.fromObject(dateFieldsOf(fields, 'fromObject'), {
          zone: zoneIn(o, 'fromObject') ?? run.scope.timezone,
        }),
    ],
    ['isDateTime', '(value)', 'Whether the value is a date.', (_, [value]) => value instanceof DateTime],
    ['max', '(...dates)', 'The latest of the dates.', pick('max')],
    ['min', '(...dates)', 'The earliest of the dates.', pick('min')],
  ]),
);

export const durationNamespace = new Namespace(
  'Duration',
  memberTable<undefined>([
    [
      'fromISO',
      '(text)',
      'The length that an ISO text names, for example "P1DT2H".',
      (_, [text], run) => Duration.fromISO(textOf(text, run).slice(0, 100)),
    ],
    [
      'fromMillis',
      '(milliseconds)',
      'A length in milliseconds.',
      (_, [n], run) => durationOf(toNumber(n, run.budget), 'milliseconds', 'fromMillis'),
    ],
    [
      'fromObject',
      '(units)',
      'A length such as { hours: 2 }.',
      (_, [units]) => durationOf(units, undefined, 'fromObject'),
    ],
    ['isDuration', '(value)', 'Whether the value is a length of time.', (_, [value]) => value instanceof Duration],
  ]),
);

function construct(_: undefined, args: readonly unknown[], run: Evaluation): DateTime {
  if (args.length === 0) return run.now;
  if (args.length > 1) return fromParts(args, run.scope.timezone, 0, run);
  const [value] = args;
  return typeof value === 'boolean' || value === null
    ? fromMillis(value, undefined, 'Date', run)
    : dateOf(value, run, 'Date');
}

/** Dates are Luxon dates that know JavaScript's getters besides. */
export const dateNamespace = new Namespace(
  'Date',
  memberTable<undefined>([
    ['now', '()', 'Milliseconds from 1970 to the time of the step.', (_, _args, run) => run.scope.now],
    [
      'parse',
      '(text)',
      'Milliseconds from 1970 to the date of the text.',
      (_, [text], run) => dateOf(textOf(text, run), run, 'parse').toMillis(),
    ],
    [
      'UTC',
      '(year, month, …)',
      'Milliseconds from 1970 to a date in UTC; month 0 is January.',
      (_, args, run) => fromParts(args, 'utc', 0, run).toMillis(),
    ],
  ]),
  (_, _args, run) => run.now.toISO(),
  construct,
);
