import { DateTime } from 'luxon';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { memberTable } from '../views.js';
import { formatOptionsOf, integerOf, localeOf } from './arguments.js';

function digitsOf(value: unknown, run: Evaluation, user: string, least: number, whenMissing: number): number {
  const digits = integerOf(value, run, whenMissing);
  if (digits < least || digits > 100) throw new ExpressionError(`${user} takes from ${least} to 100 digits`);
  return digits;
}

function radixOf(value: unknown, run: Evaluation): number {
  const radix = integerOf(value, run, 10);
  if (radix < 2 || radix > 36) throw new ExpressionError('toString takes a base from 2 to 36');
  return radix;
}

/** Rounds half away from zero at a decimal place; 1.005 rounds to 1.01 as people expect. */
function round(value: number, digits: number): number {
  const rounded = Number(`${Math.round(Number(`${Math.abs(value)}e${digits}`))}e${-digits}`);
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded;
}

export function formatNumber(value: number, locale: unknown, options: unknown, user: string): string {
  try {
    return new Intl.NumberFormat(localeOf(locale, user), formatOptionsOf(options, user)).format(value);
  } catch (error) {
    throw error instanceof ExpressionError ? error : new ExpressionError(`${user} does not take these options`);
  }
}

export const numberMembers = memberTable<number>([
  [
    'toFixed',
    '(digits?)',
    'As text with that many decimals.',
    (n, [d], run) => n.toFixed(digitsOf(d, run, 'toFixed', 0, 0)),
  ],
  [
    'toPrecision',
    '(digits)',
    'As text with that many digits in all.',
    (n, [d], run) => (d === undefined ? String(n) : n.toPrecision(digitsOf(d, run, 'toPrecision', 1, 1))),
  ],
  [
    'toExponential',
    '(digits?)',
    'As text such as "1.2e+3".',
    (n, [d], run) => (d === undefined ? n.toExponential() : n.toExponential(digitsOf(d, run, 'toExponential', 0, 0))),
  ],
  ['toString', '(base?)', 'As text, in base 10 or another.', (n, [base], run) => n.toString(radixOf(base, run))],
  [
    'toLocaleString',
    '(language?, options?)',
    'As text the way a language writes it.',
    (n, [l, o]) => formatNumber(n, l, o, 'toLocaleString'),
  ],
  [
    'format',
    '(language?, options?)',
    'As text the way a language writes it.',
    (n, [l, o]) => formatNumber(n, l ?? 'en-US', o, 'format'),
  ],
  [
    'round',
    '(decimals?)',
    'Rounded to that many decimals.',
    (n, [d], run) => round(n, digitsOf(d, run, 'round', 0, 0)),
  ],
  ['floor', '()', 'Rounded down.', (n) => Math.floor(n)],
  ['ceil', '()', 'Rounded up.', (n) => Math.ceil(n)],
  ['abs', '()', 'Without its sign.', (n) => Math.abs(n)],
  ['isEven', '()', 'Whether it is an even whole number.', (n) => n % 2 === 0],
  ['isOdd', '()', 'Whether it is an odd whole number.', (n) => Math.abs(n % 2) === 1],
  ['isInteger', '()', 'Whether it is a whole number.', (n) => Number.isInteger(n)],
  ['isEmpty', '()', 'false: a number is never empty.', () => false],
  ['toNumber', '()', 'The number itself.', (n) => n],
  ['toBoolean', '()', 'false for 0, else true.', (n) => n !== 0],
  [
    'toDateTime',
    '(unit?)',
    'The date at this many milliseconds ("ms") or seconds ("s") since 1970.',
    (n, [unit], run) =>
      DateTime.fromMillis(Math.max(-8.64e15, Math.min(8.64e15, unit === 's' ? n * 1000 : n)), {
        zone: run.scope.timezone,
      }),
  ],
]);
