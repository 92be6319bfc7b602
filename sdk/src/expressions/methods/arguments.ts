import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { describe, kindOf, toNumber, toText } from '../values.js';

/** A whole number as JavaScript's methods read one; left out gives the default. */
export function integerOf(value: unknown, run: Evaluation, whenMissing: number): number {
  if (value === undefined) return whenMissing;
  const number = Math.trunc(toNumber(value, run.budget));
  return Number.isNaN(number) ? 0 : number;
}

/** A text argument; left out gives the default. */
export function textOf(value: unknown, run: Evaluation, whenMissing = 'undefined'): string {
  return value === undefined ? whenMissing : toText(value, run.budget);
}

/** A plain object argument; anything else is refused. */
export function objectOf(value: unknown, user: string): Record<string, unknown> {
  if (kindOf(value) !== 'object') throw new ExpressionError(`${user} needs an object, not ${describe(value)}`);
  return value as Record<string, unknown>;
}

/** A list argument; anything else is refused. */
export function listOf(value: unknown, user: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ExpressionError(`${user} needs a list, not ${describe(value)}`);
  return value;
}

const formatOptions = new Set([
  'style',
  'currency',
  'currencyDisplay',
  'unit',
  'unitDisplay',
  'notation',
  'compactDisplay',
  'useGrouping',
  'minimumIntegerDigits',
  'minimumFractionDigits',
  'maximumFractionDigits',
  'minimumSignificantDigits',
  'maximumSignificantDigits',
  'dateStyle',
  'timeStyle',
  'weekday',
  'era',
  'year',
  'month',
  'day',
  'hour',
  'minute',
  'second',
  'timeZoneName',
  'hour12',
  'hourCycle',
  'signDisplay',
]);

/** The options of number and date formats: listed names, short plain values. */
export function formatOptionsOf(value: unknown, user: string): Record<string, unknown> | undefined {
  if (value === undefined || value === null) return undefined;
  const options: Record<string, unknown> = {};
  for (const [key, option] of Object.entries(objectOf(value, user))) {
    const isShort =
      typeof option === 'number' || typeof option === 'boolean' || (typeof option === 'string' && option.length <= 40);
    if (!formatOptions.has(key) || !isShort) throw new ExpressionError(`${user} does not take the option ${key}`);
    options[key] = option;
  }
  return options;
}

/** A language tag such as "de-CH"; checked before it reaches the formatter. */
export function localeOf(value: unknown, user: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || !/^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}$/i.test(value)) {
    throw new ExpressionError(`${user} needs a language such as "en" or "de-CH"`);
  }
  return value;
}
