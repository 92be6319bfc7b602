import type { Evaluation } from './evaluation.js';
import { isForbiddenKey, kindOf, refuseForbiddenKey, toText } from './values.js';

/** A field of an object or an element of a list; undefined for all else. */
export function readData(value: unknown, key: string | number): unknown {
  const kind = kindOf(value);
  if (kind === 'object') return readOwn(value as object, key);
  return kind === 'array' ? readElement(value as unknown[], key) : undefined;
}

/** A field of an object: its own data, never what is behind it. */
export function readOwn(object: object, key: string | number): unknown {
  if (!Object.hasOwn(object, key)) return undefined;
  const value = (object as Record<string, unknown>)[key];
  return typeof value === 'function' ? undefined : value;
}

/** An element of a list, or its length. */
export function readElement(list: readonly unknown[], key: string | number): unknown {
  if (key === 'length') return list.length;
  const value: unknown = Object.hasOwn(list, key) ? list[key as number] : undefined;
  return typeof value === 'function' ? undefined : value;
}

/** A character of a text, or its length. */
export function readCharacter(text: string, key: string | number): unknown {
  if (key === 'length') return text.length;
  return Object.hasOwn(Object(text) as object, key) ? text[key as number] : undefined;
}

/** The key that `object[value]` means; names that lead behind the value are refused. */
export function toKey(value: unknown, run: Evaluation): string | number {
  if (typeof value === 'number') return value;
  const key = toText(value, run.budget);
  if (isForbiddenKey(key)) refuseForbiddenKey(key);
  return key;
}
