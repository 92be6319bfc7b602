import { DateTime, Duration } from 'luxon';
import { TextBuilder, type Budget } from './budget.js';
import { ExpressionError } from './expression.errors.js';
import { FunctionValue } from './functions.js';
import { Pattern } from './pattern.js';
import { Namespace, View } from './views.js';

/** What a value of the language can be. */
export type Kind =
  | 'undefined'
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'array'
  | 'object'
  | 'date'
  | 'duration'
  | 'regex'
  | 'function'
  | 'namespace'
  | 'view';

export function kindOf(value: unknown): Kind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'object':
      return value === null ? 'null' : kindOfObject(value);
    default:
      return 'undefined';
  }
}

function kindOfObject(value: object): Kind {
  if (Array.isArray(value)) return 'array';
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'object';
  if (value instanceof DateTime) return 'date';
  if (value instanceof Duration) return 'duration';
  if (value instanceof FunctionValue) return 'function';
  if (value instanceof Pattern) return 'regex';
  if (value instanceof Namespace) return 'namespace';
  if (value instanceof View) return 'view';
  return 'object';
}

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Names that lead to the machinery behind a value; the language has no word for them. */
export function isForbiddenKey(key: string): boolean {
  return forbiddenKeys.has(key);
}

export function refuseForbiddenKey(key: string): void {
  if (forbiddenKeys.has(key)) throw new ExpressionError(`The name ${key} may not be used in an expression`);
}

/** JavaScript's `String(value)` without asking the value: names like `toString` in data mean nothing here. */
export function toText(value: unknown, budget: Budget, depth = 0): string {
  switch (kindOf(value)) {
    case 'string':
      return value as string;
    case 'array':
      return joinText(value as unknown[], ',', budget, depth);
    case 'date':
      return (value as DateTime).toISO() ?? 'Invalid DateTime';
    case 'duration':
      return (value as Duration).toISO() ?? 'Invalid Duration';
    case 'regex':
      return (value as Pattern).toString();
    case 'function':
      throw new ExpressionError('A function cannot be turned into text');
    case 'object':
    case 'namespace':
    case 'view':
      return '[object Object]';
    default:
      return String(value as undefined | null | boolean | number);
  }
}

/** JavaScript's `array.join(separator)`. */
export function joinText(list: readonly unknown[], separator: string, budget: Budget, depth = 0): string {
  if (depth > 100) throw new ExpressionError('The list is nested too deeply to become text', 'expression.budget');
  budget.work(list.length * 8);
  const text = new TextBuilder(budget);
  for (let index = 0; index < list.length; index++) {
    if (index > 0) text.add(separator);
    const element = list[index];
    if (element !== undefined && element !== null) text.add(toText(element, budget, depth + 1));
  }
  return text.toString();
}

/** A value without parts, as JavaScript's operators want it; dates count as their instant for arithmetic. */
export function toPrimitive(
  value: unknown,
  budget: Budget,
  wantsNumber: boolean,
): string | number | boolean | null | undefined {
  if (typeof value !== 'object' || value === null) return value as string | number | boolean | null | undefined;
  if (wantsNumber && value instanceof DateTime) return value.toMillis();
  if (wantsNumber && value instanceof Duration) return value.toMillis();
  return toText(value, budget);
}

export function toNumber(value: unknown, budget: Budget): number {
  return typeof value === 'number' ? value : Number(toPrimitive(value, budget, true));
}

const kindNames: Record<Kind, string> = {
  undefined: 'undefined',
  null: 'null',
  boolean: 'a boolean',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
  date: 'a date',
  duration: 'a duration',
  regex: 'a regex',
  function: 'a function',
  namespace: 'a namespace',
  view: 'a view',
};

/** How a message names the kind of a value. */
export const describe = (value: unknown): string => kindNames[kindOf(value)];

/** Sets an own property whatever its name: data may hold `__proto__` as an ordinary key. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  } else target[key] = value;
}
