import { DateTime } from 'luxon';
import type { Evaluation } from './evaluation.js';
import { ExpressionError } from './expression.errors.js';
import { describe, kindOf, toNumber, toPrimitive, toText } from './values.js';

export type BinaryOperator = (left: unknown, right: unknown, run: Evaluation) => unknown;

function add(left: unknown, right: unknown, run: Evaluation): unknown {
  if (typeof left === 'number' && typeof right === 'number') return left + right;
  const a = toPrimitive(left, run.budget, false);
  const b = toPrimitive(right, run.budget, false);
  if (typeof a !== 'string' && typeof b !== 'string') return Number(a) + Number(b);
  const [first, second] = [String(a), String(b)];
  run.budget.text(first.length + second.length);
  return first + second;
}

const arithmetic =
  (compute: (a: number, b: number) => number): BinaryOperator =>
  (left, right, run) =>
    compute(toNumber(left, run.budget), toNumber(right, run.budget));

type Comparable = string | number;

const comparison =
  (compare: (a: Comparable, b: Comparable) => boolean): BinaryOperator =>
  (left, right, run) => {
    const a = toPrimitive(left, run.budget, true);
    const b = toPrimitive(right, run.budget, true);
    if (typeof a === 'string' && typeof b === 'string') {
      run.budget.work(Math.min(a.length, b.length));
      return compare(a, b);
    }
    return compare(Number(a), Number(b));
  };

/** `===`; two dates are equal when they are the same instant. */
function strictlyEqual(left: unknown, right: unknown, run: Evaluation): boolean {
  if (left instanceof DateTime && right instanceof DateTime) return left.toMillis() === right.toMillis();
  if (typeof left === 'string') run.budget.work(left.length);
  return left === right;
}

/** `==` of JavaScript. */
function looselyEqual(left: unknown, right: unknown, run: Evaluation): boolean {
  if (left === null || left === undefined) return right === null || right === undefined;
  if (right === null || right === undefined) return false;
  if (typeof left === typeof right) return strictlyEqual(left, right, run);
  const a = typeof left === 'boolean' ? Number(left) : left;
  const b = typeof right === 'boolean' ? Number(right) : right;
  if (typeof a === 'number' || typeof b === 'number') return toNumber(a, run.budget) === toNumber(b, run.budget);
  return toText(a, run.budget) === toText(b, run.budget);
}

function isIn(key: unknown, object: unknown, run: Evaluation): boolean {
  const kind = kindOf(object);
  if (kind !== 'object' && kind !== 'array')
    throw new ExpressionError(`"in" looks into an object, not into ${describe(object)}`);
  return Object.hasOwn(object as object, toText(key, run.budget));
}

/** All operators with two sides; what is not here is not in the language. */
export const binaryOperators: ReadonlyMap<string, BinaryOperator> = new Map<string, BinaryOperator>([
  ['+', add],
  ['-', arithmetic((a, b) => a - b)],
  ['*', arithmetic((a, b) => a * b)],
  ['/', arithmetic((a, b) => a / b)],
  ['%', arithmetic((a, b) => a % b)],
  ['**', arithmetic((a, b) => a ** b)],
  ['|', arithmetic((a, b) => a | b)],
  ['&', arithmetic((a, b) => a & b)],
  ['^', arithmetic((a, b) => a ^ b)],
  ['<<', arithmetic((a, b) => a << b)],
  ['>>', arithmetic((a, b) => a >> b)],
  ['>>>', arithmetic((a, b) => a >>> b)],
  ['<', comparison((a, b) => a < b)],
  ['<=', comparison((a, b) => a <= b)],
  ['>', comparison((a, b) => a > b)],
  ['>=', comparison((a, b) => a >= b)],
  ['===', strictlyEqual],
  ['!==', (a, b, run) => !strictlyEqual(a, b, run)],
  ['==', looselyEqual],
  ['!=', (a, b, run) => !looselyEqual(a, b, run)],
  ['in', isIn],
]);

export type UnaryOperator = (value: unknown, run: Evaluation) => unknown;

function typeOf(value: unknown): string {
  const kind = kindOf(value);
  if (kind === 'undefined' || kind === 'boolean' || kind === 'number' || kind === 'string' || kind === 'function')
    return kind;
  return 'object';
}

export const unaryOperators: ReadonlyMap<string, UnaryOperator> = new Map<string, UnaryOperator>([
  ['!', (value) => !value],
  ['-', (value, run) => -toNumber(value, run.budget)],
  ['+', (value, run) => toNumber(value, run.budget)],
  ['~', (value, run) => ~toNumber(value, run.budget)],
  ['typeof', typeOf],
  ['void', () => undefined],
]);
