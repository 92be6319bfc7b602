import { DateTime, Duration, IANAZone, type DurationLikeObject } from 'luxon';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { describe, kindOf } from '../values.js';
import { listOf, objectOf } from './arguments.js';
import { dateFromText } from './date-parsing.js';

const names = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];
const units = new Set([...names, ...names.map((name) => `${name}s`)]);
// More than any calendar holds; keeps arithmetic exact.
const largest = 1e13;

/** Units of time given as one text or a list of texts. */
export function unitsOf(value: unknown, user: string): string[] {
  const list = Array.isArray(value) ? listOf(value, user) : [value];
  if (list.length > 20) throw new ExpressionError(`${user} takes at most 20 units`);
  return list.map((unit) => {
    if (typeof unit !== 'string' || !units.has(unit)) {
      throw new ExpressionError(
        `${user} needs a unit such as "days", not ${typeof unit === 'string' ? `"${unit.slice(0, 40)}"` : describe(unit)}`,
      );
    }
    return unit;
  });
}

/** A length of time: a Duration, an object of units, milliseconds, an ISO text, or a number with a unit. */
export function durationOf(value: unknown, unit: unknown, user: string): Duration {
  if (value instanceof Duration) return value;
  if (typeof value === 'number') {
    return Duration.fromObject({ [unitsOf(unit ?? 'milliseconds', user)[0]!]: bounded(value, user) });
  }
  if (typeof value === 'string' && value.length <= 100) {
    const duration = Duration.fromISO(value);
    if (duration.isValid) return duration;
  }
  if (kindOf(value) === 'object') return Duration.fromObject(unitObject(value, user));
  throw new ExpressionError(`${user} needs a length of time such as { days: 1 }, not ${describe(value)}`);
}

function unitObject(value: unknown, user: string): DurationLikeObject {
  const object: Record<string, number> = {};
  for (const [key, amount] of Object.entries(objectOf(value, user))) {
    object[unitsOf(key, user)[0]!] = bounded(typeof amount === 'string' ? Number(amount) : amount, user);
  }
  return object;
}

function bounded(amount: unknown, user: string): number {
  if (typeof amount !== 'number' || !(Math.abs(amount) <= largest)) {
    throw new ExpressionError(`${user} needs a finite number of units`);
  }
  return amount;
}

const fields = new Set([
  'year',
  'quarter',
  'month',
  'day',
  'ordinal',
  'weekYear',
  'weekNumber',
  'weekday',
  'hour',
  'minute',
  'second',
  'millisecond',
]);

/** Fields of a date as an object of whole numbers. */
export function dateFieldsOf(value: unknown, user: string): Record<string, number> {
  const object: Record<string, number> = {};
  for (const [key, amount] of Object.entries(objectOf(value, user))) {
    const name = fields.has(key) ? key : key.replace(/s$/, '');
    if (!fields.has(name)) throw new ExpressionError(`${user} does not know the field ${key.slice(0, 40)}`);
    object[name] = bounded(amount, user);
  }
  return object;
}

/** A date given as a date, as text or as milliseconds. */
export function dateOf(value: unknown, run: Evaluation, user: string): DateTime {
  if (value instanceof DateTime) return value;
  if (typeof value === 'string') return dateFromText(value, undefined, run);
  if (typeof value === 'number' && Math.abs(value) <= 8.64e15)
    return DateTime.fromMillis(value, { zone: run.scope.timezone });
  throw new ExpressionError(`${user} needs a date, not ${describe(value)}`);
}

/** A time zone that exists, for example "Europe/Zurich", "utc" or "UTC+2". */
export function zoneOf(value: unknown, user: string): string {
  const isKnown =
    typeof value === 'string' &&
    value.length <= 50 &&
    (/^(utc|local|(utc|gmt)[+-]\d{1,2}(:\d{2})?)$/i.test(value) || IANAZone.isValidZone(value));
  if (!isKnown) throw new ExpressionError(`${user} needs a time zone such as "Europe/Zurich"`);
  return value;
}

/** A format text of reasonable length. */
export function formatOf(value: string, user: string): string {
  if (value.length > 200) throw new ExpressionError(`${user} takes a format of at most 200 characters`);
  return value;
}
