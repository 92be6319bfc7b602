import { DateTime, type DateTimeFormatOptions, type DateTimeUnit, type DurationUnits } from 'luxon';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { memberTable, type MethodRow, type PropertyRow } from '../views.js';
import { formatOptionsOf, integerOf, localeOf, textOf } from './arguments.js';
import { dateFieldsOf, dateOf, durationOf, formatOf, unitsOf, zoneOf } from './date-arguments.js';

function diff(date: DateTime, other: unknown, unit: unknown, run: Evaluation): unknown {
  const units = unit === undefined ? ['milliseconds'] : unitsOf(unit, 'diff');
  return date.diff(dateOf(other, run, 'diff'), units as DurationUnits);
}

function unitOf(value: unknown, user: string): DateTimeUnit {
  return unitsOf(value, user)[0]!.replace(/s$/, '') as DateTimeUnit;
}

function format(date: DateTime, pattern: unknown, run: Evaluation): string {
  return date.toFormat(formatOf(textOf(pattern, run, 'yyyy-MM-dd'), 'toFormat'));
}

function toLocaleText(date: DateTime, first: unknown, second: unknown): string {
  const user = 'toLocaleString';
  const [locale, options] = typeof first === 'string' ? [first, second] : [undefined, first ?? second];
  const language = localeOf(locale, user);
  const known = formatOptionsOf(options, user) as DateTimeFormatOptions | undefined;
  try {
    return date.toLocaleString(known, language === undefined ? {} : { locale: language });
  } catch {
    throw new ExpressionError(`${user} does not take these options`);
  }
}

function relative(date: DateTime, run: Evaluation): string | null {
  return date.toRelative({ base: run.now });
}

const luxonMethods: MethodRow<DateTime>[] = [
  [
    'diff',
    '(other, unit?)',
    'The time from the other date to this one.',
    (d, [other, unit], run) => diff(d, other, unit, run),
  ],
  ['diffNow', '(unit?)', 'The time from now to this date.', (d, [unit], run) => diff(d, run.now, unit, run)],
  [
    'diffTo',
    '(other, unit?)',
    'The time from this date to the other, as a number of units (days).',
    (d, [other, unit], run) =>
      dateOf(other, run, 'diffTo')
        .diff(d, unitOf(unit ?? 'days', 'diffTo'))
        .as(unitOf(unit ?? 'days', 'diffTo')),
  ],
  [
    'endOf',
    '(unit)',
    'The last millisecond of the unit, for example endOf("month").',
    (d, [unit]) => d.endOf(unitOf(unit, 'endOf')),
  ],
  [
    'equals',
    '(other)',
    'Whether both are the same instant in the same zone.',
    (d, [other], run) => d.equals(dateOf(other, run, 'equals')),
  ],
  [
    'extract',
    '(unit)',
    'One part of the date, for example extract("month").',
    (d, [unit]) => d.get(unitOf(unit, 'extract') as keyof DateTime),
  ],
  ['format', '(format)', 'As text, for example format("dd.MM.yyyy HH:mm").', (d, [f], run) => format(d, f, run)],
  [
    'get',
    '(unit)',
    'One part of the date, for example get("month").',
    (d, [unit]) => d.get(unitOf(unit, 'get') as keyof DateTime),
  ],
  [
    'hasSame',
    '(other, unit)',
    'Whether both are in the same unit, for example hasSame($now, "day").',
    (d, [other, unit], run) => d.hasSame(dateOf(other, run, 'hasSame'), unitOf(unit, 'hasSame')),
  ],
  [
    'isBetween',
    '(from, to)',
    'Whether the date is after the one and before the other.',
    (d, [a, b], run) => {
      const [from, to] = [dateOf(a, run, 'isBetween').toMillis(), dateOf(b, run, 'isBetween').toMillis()];
      return d.toMillis() > Math.min(from, to) && d.toMillis() < Math.max(from, to);
    },
  ],
  [
    'minus',
    '(length)',
    'Earlier by a length of time, for example minus({ days: 7 }).',
    (d, [n, unit]) => d.minus(durationOf(n, unit, 'minus')),
  ],
  [
    'plus',
    '(length)',
    'Later by a length of time, for example plus({ days: 7 }).',
    (d, [n, unit]) => d.plus(durationOf(n, unit, 'plus')),
  ],
  [
    'set',
    '(fields)',
    'With other parts, for example set({ hour: 9 }).',
    (d, [fields]) => d.set(dateFieldsOf(fields, 'set')),
  ],
  [
    'setLocale',
    '(language)',
    'In another language, for toFormat and toLocaleString.',
    (d, [l]) => d.setLocale(localeOf(l, 'setLocale') ?? 'en-US'),
  ],
  ['setZone', '(zone)', 'The same instant in another time zone.', (d, [zone]) => d.setZone(zoneOf(zone, 'setZone'))],
  [
    'startOf',
    '(unit)',
    'The first millisecond of the unit, for example startOf("week").',
    (d, [unit]) => d.startOf(unitOf(unit, 'startOf')),
  ],
  ['toFormat', '(format)', 'As text, for example toFormat("dd.MM.yyyy HH:mm").', (d, [f], run) => format(d, f, run)],
  ['toHTTP', '()', 'As in HTTP headers.', (d) => d.toHTTP()],
  ['toISO', '()', 'As ISO text with offset.', (d) => d.toISO()],
  ['toISODate', '()', 'As "2026-01-31".', (d) => d.toISODate()],
  ['toISOTime', '()', 'As "09:30:00.000Z".', (d) => d.toISOTime()],
  ['toISOWeekDate', '()', 'As "2026-W05-6".', (d) => d.toISOWeekDate()],
  ['toLocaleString', '(options?)', 'As text the way a language writes it.', (d, [a, b]) => toLocaleText(d, a, b)],
  ['toLocal', '()', 'The same instant in the time zone of the workflow.', (d, _, run) => d.setZone(run.scope.timezone)],
  ['toMillis', '()', 'Milliseconds since 1970.', (d) => d.toMillis()],
  ['toObject', '()', 'As an object of its parts.', (d) => ({ ...d.toObject() })],
  ['toRFC2822', '()', 'As in e-mails.', (d) => d.toRFC2822()],
  ['toRelative', '()', 'As words from now, for example "in 2 days".', (d, _, run) => relative(d, run)],
  ['toSQL', '()', 'As in SQL.', (d) => d.toSQL()],
  ['toSQLDate', '()', 'As in SQL, the day only.', (d) => d.toSQLDate()],
  ['toSeconds', '()', 'Seconds since 1970, with decimals.', (d) => d.toSeconds()],
  ['toUTC', '()', 'The same instant in UTC.', (d) => d.toUTC()],
  ['toUnixInteger', '()', 'Whole seconds since 1970.', (d) => d.toUnixInteger()],
  ['toString', '()', 'As ISO text with offset.', (d) => d.toISO()],
  ['toJSON', '()', 'As ISO text with offset.', (d) => d.toISO()],
  ['valueOf', '()', 'Milliseconds since 1970.', (d) => d.toMillis()],
];

/** What people know from JavaScript's Date; the parts are those of the date's own zone. */
const javaScriptMethods: MethodRow<DateTime>[] = [
  ['getDate', '()', 'Day of the month, from 1.', (d) => d.day],
  ['getDay', '()', 'Day of the week, 0 is Sunday.', (d) => d.weekday % 7],
  ['getFullYear', '()', 'The year.', (d) => d.year],
  ['getHours', '()', 'The hour, 0 to 23.', (d) => d.hour],
  ['getMilliseconds', '()', 'The milliseconds, 0 to 999.', (d) => d.millisecond],
  ['getMinutes', '()', 'The minute, 0 to 59.', (d) => d.minute],
  ['getMonth', '()', 'The month, 0 is January.', (d) => d.month - 1],
  ['getSeconds', '()', 'The second, 0 to 59.', (d) => d.second],
  ['getTime', '()', 'Milliseconds since 1970.', (d) => d.toMillis()],
  ['getTimezoneOffset', '()', 'Minutes from this zone to UTC.', (d) => (d.offset === 0 ? 0 : -d.offset)],
  ['toDateString', '()', 'As "Sat Jan 31 2026".', (d) => d.setLocale('en-US').toFormat('EEE MMM dd yyyy')],
  ['toISOString', '()', 'As ISO text in UTC.', (d) => d.toUTC().toISO()],
  [
    'toLocaleDateString',
    '(language?, options?)',
    'The day as a language writes it.',
    (d, [l, o]) =>
      toLocaleText(
        d,
        localeOf(l, 'toLocaleDateString') ?? 'en-US',
        o ?? { year: 'numeric', month: 'numeric', day: 'numeric' },
      ),
  ],
  [
    'toLocaleTimeString',
    '(language?, options?)',
    'The time of day as a language writes it.',
    (d, [l, o]) =>
      toLocaleText(
        d,
        localeOf(l, 'toLocaleTimeString') ?? 'en-US',
        o ?? { hour: 'numeric', minute: 'numeric', second: 'numeric' },
      ),
  ],
  ['toDateTime', '()', 'The date itself.', (d) => d],
  ['isWeekend', '()', 'Whether it is a Saturday or Sunday.', (d) => d.weekday > 5],
  ['beginningOf', '(unit)', 'The same as startOf.', (d, [unit]) => d.startOf(unitOf(unit ?? 'week', 'beginningOf'))],
  ['endOfMonth', '()', 'The last millisecond of the month.', (d) => d.endOf('month')],
  [
    'addDays',
    '(count)',
    'Later by that many days.',
    (d, [n], run) => d.plus(durationOf(integerOf(n, run, 0), 'days', 'addDays')),
  ],
];

const parts = [
  'year',
  'quarter',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'millisecond',
  'weekday',
  'weekNumber',
  'weekYear',
  'ordinal',
  'monthLong',
  'monthShort',
  'weekdayLong',
  'weekdayShort',
  'daysInMonth',
  'daysInYear',
  'zoneName',
  'offset',
  'isInDST',
  'isInLeapYear',
  'isValid',
  'invalidReason',
  'offsetNameShort',
  'offsetNameLong',
  'weeksInWeekYear',
  'locale',
] as const;

export const dateMembers = memberTable<DateTime>(
  [...luxonMethods, ...javaScriptMethods],
  [
    ...parts.map((part): PropertyRow<DateTime> => [part, `The part ${part} of the date.`, (d) => d[part]]),
    ['ts', 'Milliseconds since 1970.', (d) => d.toMillis()],
  ],
);
