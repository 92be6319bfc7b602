import type { JsonObject, JsonValue } from '@wfaib/sdk/items';

/** JSON text that is the same for equal values, whatever the order of their keys. */
export function canonicalText(value: JsonValue | undefined): string {
  if (value === undefined) return 'undefined';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonicalText(each)).join(',')}]`;
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText((value as JsonObject)[name])}`).join(',')}}`;
}

/** The number a value stands for: a number, or a text that holds nothing but one. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/**
 * Order of two values: numbers and numeric texts first, by number; then texts without regard to case; then booleans
 * (false first); then lists and objects. Negative when `a` comes first.
 */
export function compareValues(a: JsonValue, b: JsonValue): number {
  const [rankA, rankB] = [rankOf(a), rankOf(b)];
  if (rankA !== rankB) return rankA - rankB;
  if (rankA === 0) return numberOf(a)! - numberOf(b)!;
  if (rankA === 1) return byCodeUnit(String(a).toLowerCase(), String(b).toLowerCase());
  if (rankA === 2) return Number(a) - Number(b);
  return byCodeUnit(canonicalText(a), canonicalText(b));
}

function rankOf(value: JsonValue): number {
  if (numberOf(value) !== undefined) return 0;
  if (typeof value === 'string') return 1;
  return typeof value === 'boolean' ? 2 : 3;
}

function byCodeUnit(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
