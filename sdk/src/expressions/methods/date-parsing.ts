import { DateTime } from 'luxon';
import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { describe } from '../values.js';

const longest = 100;

/** The date that a text names: ISO, mail, HTTP or SQL style, or the given format. */
export function dateFromText(text: string, format: unknown, run: Evaluation): DateTime {
  const date = format === undefined ? anyStyle(text, run) : parseFormat(text, format, run);
  if (!date.isValid) throw new ExpressionError(`"${text.slice(0, longest)}" is not a date`);
  return date;
}

function anyStyle(text: string, run: Evaluation): DateTime {
  const options = { zone: run.scope.timezone };
  const short = text.slice(0, longest + 1).trim();
  let date: DateTime = DateTime.invalid('too long');
  if (short.length > longest) return date;
  for (const read of [DateTime.fromISO, DateTime.fromRFC2822, DateTime.fromHTTP, DateTime.fromSQL]) {
    date = read.call(DateTime, short, options);
    if (date.isValid) return date;
  }
  return date;
}

/** `DateTime.fromFormat(text, format)`, for formats whose search cannot explode. */
export function parseFormat(text: string, format: unknown, run: Evaluation, zone?: string): DateTime {
  if (typeof format !== 'string') throw new ExpressionError(`A date format is a text, not ${describe(format)}`);
  if (text.length > longest) return DateTime.invalid('too long');
  if (searchCost(format) > 200_000) throw new ExpressionError('The date format is too complicated to be read');
  return DateTime.fromFormat(text, format, { zone: zone ?? run.scope.timezone, setZone: false });
}

/** How many ways there are, at most, to lay the format over a text: luxon reads formats with backtracking. */
function searchCost(format: string): number {
  let cost = format.length > longest ? Infinity : 1;
  for (const [token] of format.replace(/'[^']*'/g, '').matchAll(/([a-zA-Z])\1*/g)) cost *= waysOf(token);
  return cost;
}

// Widths that the tokens of luxon accept: "d" one or two digits, "dd" exactly two, "y" up to six.
const exact = new Set([
  'yyyy',
  'dd',
  'MM',
  'LL',
  'HH',
  'hh',
  'mm',
  'ss',
  'SSS',
  'ooo',
  'WW',
  'kkkk',
  'T',
  'a',
  'ZZ',
  'ZZZ',
]);

function waysOf(token: string): number {
  if (exact.has(token)) return 1;
  if (token.startsWith('z') || token.startsWith('D') || /^[fFtTX]/.test(token)) return 250;
  if (token.startsWith('x') || token.startsWith('X')) return 12;
  if (token === 'u') return 9;
  if (token.startsWith('y') || token.startsWith('S') || token.startsWith('k') || token.startsWith('i')) return 6;
  return 3;
}

/** `DateTime.fromISO(text)` and its like: an invalid date where the text names none. */
export function parseStyle(
  text: string,
  style: 'fromISO' | 'fromRFC2822' | 'fromHTTP' | 'fromSQL',
  run: Evaluation,
  zone?: string,
): DateTime {
  if (text.length > longest) return DateTime.invalid('too long');
  return DateTime[style](text, { zone: zone ?? run.scope.timezone });
}
