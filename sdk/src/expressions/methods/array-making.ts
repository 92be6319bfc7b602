import type { Evaluation } from '../evaluation.js';
import { callbackOf } from '../functions.js';
import { toNumber, toText } from '../values.js';

/** `a.concat(...others)`: lists among the others give their elements. */
export function concatLists(list: readonly unknown[], others: readonly unknown[], run: Evaluation): unknown[] {
  const size = others.reduce<number>((total, other) => total + (Array.isArray(other) ? other.length : 1), list.length);
  run.budget.elements(size);
  return list.concat(...others);
}

/** `a.flat(depth)`. */
export function flatten(list: readonly unknown[], depth: number, run: Evaluation): unknown[] {
  const out: unknown[] = [];
  flattenInto(out, list, Math.min(depth, 50), run);
  return out;
}

function flattenInto(out: unknown[], list: readonly unknown[], depth: number, run: Evaluation): void {
  for (const element of list) {
    if (Array.isArray(element) && depth > 0) flattenInto(out, element, depth - 1, run);
    else {
      run.budget.work(8);
      out.push(element);
    }
  }
  run.budget.elements(out.length);
}

export function reversed(list: readonly unknown[], run: Evaluation): unknown[] {
  run.budget.elements(list.length);
  return [...list].reverse();
}

/** `a.toSorted(order)`: undefined comes last, without an order by text. */
export function sorted(list: readonly unknown[], order: unknown, run: Evaluation): unknown[] {
  run.budget.elements(list.length);
  if (order !== undefined) {
    const compare = callbackOf(order, 'sort', run);
    return [...list].sort((a, b) => toNumber(compare(a, b), run.budget) || 0);
  }
  const keyed = list.map((value) => ({ value, key: value === undefined ? undefined : toText(value, run.budget) }));
  return keyed.sort((a, b) => compareKeys(a.key, b.key)).map(({ value }) => value);
}

function compareKeys(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}
