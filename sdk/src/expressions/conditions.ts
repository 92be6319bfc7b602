import { DateTime } from 'luxon';
import { Budget } from './budget.js';
import { ExpressionError } from './expression.errors.js';
import { cachedPattern } from './pattern.js';
import { describe, kindOf } from './values.js';

export const conditionOps = [
  'exists',
  'notExists',
  'empty',
  'notEmpty',
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'true',
  'false',
  'in',
  'notIn',
] as const;

export type ConditionOp = (typeof conditionOps)[number];

/** One comparison as written in a document. */
export interface Condition {
  left: unknown;
  op: ConditionOp;
  right?: unknown;
  /** @defaultValue true */
  caseSensitive?: boolean;
}

export interface CompareOptions {
  /** @defaultValue true */
  caseSensitive?: boolean | undefined;
  /** Zone of dates without offset. @defaultValue "UTC" */
  timezone?: string | undefined;
}

/** Parameters of an If, a Filter or a rule of a Switch, as written. */
export interface ConditionParameters {
  condition?: unknown;
  conditions?: readonly Condition[];
  /** @defaultValue "and" */
  combine?: 'and' | 'or';
}

/** Thrown when a comparison makes no sense for its values, for example whether a text is more than a number. */
export class ConditionError extends Error {
  readonly code = 'condition.type';
  readonly retryable = false;

  constructor(message: string) {
    super(message);
    this.name = 'ConditionError';
  }
}

/** JavaScript's truth, but the text "false" is false. */
export function truth(value: unknown): boolean {
  return value !== 'false' && Boolean(value);
}

/**
 * Whether the conditions hold. `evaluate` turns a parameter as written into its value (templates evaluated, once); it is
 * asked only for what decides.
 */
export function evaluateConditions(
  { condition, conditions, combine = 'and' }: ConditionParameters,
  evaluate: (written: unknown) => unknown,
  timezone?: string,
): boolean {
  if (conditions === undefined) return truth(evaluate(condition));
  const holds = ({ left, op, right, caseSensitive }: Condition): boolean =>
    compare(evaluate(left), op, right === undefined ? undefined : evaluate(right), { caseSensitive, timezone });
  return combine === 'or' ? conditions.some(holds) : conditions.every(holds);
}

/**
 * Compares two values.
 * @throws ConditionError where the order of two values is asked that have none, or for an unknown op
 */
export function compare(left: unknown, op: ConditionOp, right?: unknown, options: CompareOptions = {}): boolean {
  const comparison = comparisons[op] as Comparison | undefined;
  if (comparison === undefined || !Object.hasOwn(comparisons, op)) {
    throw new ConditionError(
      `There is no comparison "${String(op).slice(0, 40)}"; known are ${conditionOps.join(', ')}`,
    );
  }
  return comparison(left, right, options);
}

type Comparison = (left: unknown, right: unknown, options: CompareOptions) => boolean;

const not =
  (comparison: Comparison): Comparison =>
  (left, right, options) =>
    !comparison(left, right, options);

const exists: Comparison = (left) => left !== null && left !== undefined && !Number.isNaN(left);

const empty: Comparison = (left) => {
  if (left === null || left === undefined || left === '' || Number.isNaN(left)) return true;
  if (Array.isArray(left)) return left.length === 0;
  return kindOf(left) === 'object' && Object.keys(left as object).length === 0;
};

const numericText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** The number that a value is or names. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.length <= 400 && numericText.test(value) ? Number(value) : undefined;
}

const dateText = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?$/;

/** The instant that a value is or names, in milliseconds. */
function instantIn(value: unknown, { timezone = 'UTC' }: CompareOptions): number | undefined {
  if (value instanceof DateTime) return value.isValid ? value.toMillis() : undefined;
  if (typeof value !== 'string' || value.length > 40 || !dateText.test(value)) return undefined;
  const date = DateTime.fromISO(value.replace(/^(.{10}) (?=\d)/, '$1T').replace(' ', ''), { zone: timezone });
  return date.isValid ? date.toMillis() : undefined;
}

const equal: Comparison = (left, right, options) => {
  if (left === right) return true;
  if (left === null || left === undefined) return right === null || right === undefined;
  if (typeof left === 'number' || typeof right === 'number')
    return numberIn(left) !== undefined && numberIn(left) === numberIn(right);
  if (typeof left === 'boolean' || typeof right === 'boolean')
    return String(left) === String(right) && isPlain(left) && isPlain(right);
  const [a, b] = [instantIn(left, options), instantIn(right, options)];
  if (a !== undefined && b !== undefined) return a === b;
  if (typeof left === 'string' && typeof right === 'string') return folded(left, options) === folded(right, options);
  return sameShape(left, right, options);
};

const isPlain = (value: unknown): boolean => typeof value === 'string' || typeof value === 'boolean';

function sameShape(left: unknown, right: unknown, options: CompareOptions): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((element, index) => equal(element, right[index], options));
  }
  if (kindOf(left) !== 'object' || kindOf(right) !== 'object') return false;
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], options))
  );
}

function folded(text: string, { caseSensitive = true }: CompareOptions): string {
  return caseSensitive ? text : text.toLowerCase();
}

/** @param words what the form calls the comparison */
const ordered =
  (words: string, holds: (a: number, b: number) => boolean): Comparison =>
  (left, right, options) => {
    for (const read of [numberIn, (value: unknown) => instantIn(value, options)]) {
      const [a, b] = [read(left), read(right)];
      if (a !== undefined && b !== undefined) return holds(a, b);
    }
    throw new ConditionError(
      `${words} compares two numbers or two dates, not ${describe(left)} with ${describe(right)}`,
    );
  };

/** Text of a plain value; undefined for what has none. */
function textIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof DateTime) return value.toISO() ?? undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

const contains: Comparison = (left, right, options) => {
  if (Array.isArray(left)) return left.some((element) => equal(element, right, options));
  const part = textIn(right);
  if (part === undefined) return false;
  if (kindOf(left) === 'object') return Object.hasOwn(left as object, part);
  const text = textIn(left);
  return text !== undefined && folded(text, options).includes(folded(part, options));
};

const edge =
  (where: 'startsWith' | 'endsWith'): Comparison =>
  (left, right, options) => {
    const [text, part] = [textIn(left), textIn(right)];
    return text !== undefined && part !== undefined && folded(text, options)[where](folded(part, options));
  };

const matches: Comparison = (left, right, { caseSensitive = true }) => {
  const text = textIn(left);
  if (typeof right !== 'string')
    throw new ConditionError(`"matches" needs a regular expression as text, not ${describe(right)}`);
  if (text === undefined) return false;
  const [, source = right, flags = ''] = /^\/(.+)\/([gimsu]*)$/s.exec(right) ?? [];
  const withCase = caseSensitive || flags.includes('i') ? flags : `${flags}i`;
  try {
    return cachedPattern(source, withCase).test(text, new Budget());
  } catch (error) {
    if (error instanceof ExpressionError) throw error;
    throw new ConditionError(error instanceof Error ? error.message : 'The regular expression is not valid');
  }
};

const isIn =
  (words: string): Comparison =>
  (left, right, options) => {
    const list = typeof right === 'string' ? right.split(',').map((part) => part.trim()) : right;
    if (list === null || list === undefined) return false;
    if (!Array.isArray(list)) throw new ConditionError(`${words} needs a list, not ${describe(right)}`);
    return list.some((element) => equal(left, element, options));
  };

const comparisons: Readonly<Record<ConditionOp, Comparison>> = {
  exists,
  notExists: not(exists),
  empty,
  notEmpty: not(empty),
  eq: equal,
  ne: not(equal),
  gt: ordered('"is more than"', (a, b) => a > b),
  gte: ordered('"is at least"', (a, b) => a >= b),
  lt: ordered('"is less than"', (a, b) => a < b),
  lte: ordered('"is at most"', (a, b) => a <= b),
  contains,
  notContains: not(contains),
  startsWith: edge('startsWith'),
  endsWith: edge('endsWith'),
  matches,
  true: (left) => truth(left),
  false: (left) => !truth(left),
  in: isIn('"is one of"'),
  notIn: not(isIn('"is none of"')),
};
