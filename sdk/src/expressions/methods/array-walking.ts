import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { callbackOf } from '../functions.js';
import { concatLists } from './array-making.js';

type List = readonly unknown[];

export function mapList(list: List, change: unknown, run: Evaluation): unknown[] {
  const call = callbackOf(change, 'map', run);
  run.budget.elements(list.length);
  return list.map((element, index) => call(element, index, list));
}

export function filterList(list: List, test: unknown, run: Evaluation): unknown[] {
  const call = callbackOf(test, 'filter', run);
  run.budget.elements(list.length);
  return list.filter((element, index) => Boolean(call(element, index, list)));
}

export function flatMapList(list: List, change: unknown, run: Evaluation): unknown[] {
  const call = callbackOf(change, 'flatMap', run);
  const parts: unknown[] = [];
  let size = 0;
  for (const [index, element] of list.entries()) {
    const part = call(element, index, list);
    size += Array.isArray(part) ? part.length : 1;
    if (size > run.budget.limits.elements) run.budget.elements(size);
    parts.push(part);
  }
  return concatLists([], parts, run);
}

/** Index and value of the first element that passes. */
export function findInList(list: List, test: unknown, user: string, run: Evaluation): [number, unknown] | undefined {
  const call = callbackOf(test, user, run);
  for (const [index, element] of list.entries()) {
    if (call(element, index, list)) return [index, element];
  }
  return undefined;
}

export function testAll(list: List, test: unknown, run: Evaluation): boolean {
  const call = callbackOf(test, 'every', run);
  return list.every((element, index) => Boolean(call(element, index, list)));
}

export function testAny(list: List, test: unknown, run: Evaluation): boolean {
  const call = callbackOf(test, 'some', run);
  return list.some((element, index) => Boolean(call(element, index, list)));
}

export function reduceList(list: List, args: List, user: string, run: Evaluation): unknown {
  const call = callbackOf(args[0], user, run);
  if (list.length === 0 && args.length < 2) throw new ExpressionError(`${user} of an empty list needs a start value`);
  const hasStart = args.length > 1;
  let result = hasStart ? args[1] : list[0];
  for (let index = hasStart ? 0 : 1; index < list.length; index++) result = call(result, list[index], index, list);
  return result;
}
