import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { readData, toKey } from '../own-data.js';
import { toNumber } from '../values.js';
import { jsonText } from './json-text.js';
import { listOf } from './arguments.js';

type List = readonly unknown[];

function numbersOf(list: List, user: string, run: Evaluation): number[] {
  return list.map((value) => {
    const number = typeof value === 'string' && value.trim() === '' ? NaN : toNumber(value, run.budget);
    if (Number.isNaN(number)) throw new ExpressionError(`${user} needs a list of numbers`);
    return number;
  });
}

export function sum(list: List, run: Evaluation): number {
  return numbersOf(list, 'sum', run).reduce((total, number) => total + number, 0);
}

export function average(list: List, run: Evaluation): number {
  return sum(list, run) / list.length;
}

export function largest(list: List, run: Evaluation): number | undefined {
  const numbers = numbersOf(list, 'max', run);
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => Math.max(a, b));
}

export function smallest(list: List, run: Evaluation): number | undefined {
  const numbers = numbersOf(list, 'min', run);
  return numbers.length === 0 ? undefined : numbers.reduce((a, b) => Math.min(a, b));
}

export function chunk(list: List, size: number, run: Evaluation): unknown[] {
  if (size < 1) throw new ExpressionError('chunk needs a size of 1 or more');
  run.budget.elements(list.length);
  const chunks: unknown[] = [];
  for (let start = 0; start < list.length; start += size) chunks.push(list.slice(start, start + size));
  return chunks;
}

/** With one field its values, with several objects of them. */
export function pluck(list: List, fields: List, run: Evaluation): unknown[] {
  run.budget.elements(list.length * Math.max(fields.length, 1));
  const keys = fields.map((field) => toKey(field, run));
  if (keys.length === 0) return [...list];
  if (keys.length === 1) return list.map((element) => readData(element, keys[0]!));
  return list.map((element) => Object.fromEntries(keys.map((key) => [key, readData(element, key)])));
}

/** What makes two elements the same: their JSON, or the JSON of one field of theirs. */
function identity(element: unknown, field: unknown, run: Evaluation): string {
  const value = field === undefined ? element : readData(element, toKey(field, run));
  return jsonText(value, run) ?? '';
}

export function unique(list: List, field: unknown, run: Evaluation): unknown[] {
  const seen = new Set<string>();
  return list.filter((element) => {
    const key = identity(element, field, run);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function difference(list: List, other: unknown, run: Evaluation): unknown[] {
  const known = new Set(listOf(other, 'difference').map((element) => identity(element, undefined, run)));
  return list.filter((element) => !known.has(identity(element, undefined, run)));
}

export function intersection(list: List, other: unknown, run: Evaluation): unknown[] {
  const known = new Set(listOf(other, 'intersection').map((element) => identity(element, undefined, run)));
  return unique(list, undefined, run).filter((element) => known.has(identity(element, undefined, run)));
}
