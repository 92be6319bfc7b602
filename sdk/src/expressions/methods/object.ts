import type { Evaluation } from '../evaluation.js';
import { setOwn } from '../values.js';
import { memberTable } from '../views.js';
import { objectOf, textOf } from './arguments.js';
import { jsonText } from './json-text.js';

type Plain = Record<string, unknown>;

/** Own keys of a plain object, charged for. */
export function keysOf(object: Plain, run: Evaluation): string[] {
  const keys = Object.keys(object);
  run.budget.elements(keys.length);
  return keys;
}

/** A new object with the fields of both; the second wins. */
export function merged(first: Plain, second: Plain, run: Evaluation): Plain {
  const out: Plain = {};
  for (const source of [first, second]) {
    for (const key of keysOf(source, run)) setOwn(out, key, source[key]);
  }
  return out;
}

function only(object: Plain, run: Evaluation, isKept: (key: string, value: unknown) => boolean): Plain {
  const out: Plain = {};
  for (const key of keysOf(object, run)) if (isKept(key, object[key])) setOwn(out, key, object[key]);
  return out;
}

const isMissing = (value: unknown): boolean => value === undefined || value === null || value === '';

export const objectMembers = memberTable<Plain>([
  [
    'compact',
    '()',
    'Without fields that are null, undefined or empty text.',
    (o, _, run) => only(o, run, (_key, value) => !isMissing(value)),
  ],
  ['entries', '()', 'A list of [name, value].', (o, _, run) => keysOf(o, run).map((key) => [key, o[key]])],
  ['hasField', '(name)', 'Whether the object has the field.', (o, [k], run) => Object.hasOwn(o, textOf(k, run))],
  ['hasOwnProperty', '(name)', 'Whether the object has the field.', (o, [k], run) => Object.hasOwn(o, textOf(k, run))],
  ['isEmpty', '()', 'Whether the object has no fields.', (o, _, run) => keysOf(o, run).length === 0],
  ['isNotEmpty', '()', 'Whether the object has fields.', (o, _, run) => keysOf(o, run).length > 0],
  [
    'keepFieldsContaining',
    '(text)',
    'Only the fields whose text holds the other.',
    (o, [t], run) => only(o, run, (_key, value) => typeof value === 'string' && value.includes(textOf(t, run))),
  ],
  ['keys', '()', 'The names of the fields.', (o, _, run) => keysOf(o, run)],
  [
    'merge',
    '(other)',
    'The fields of both; the other wins.',
    (o, [other], run) => merged(o, objectOf(other, 'merge'), run),
  ],
  [
    'removeField',
    '(name)',
    'The object without the field.',
    (o, [k], run) => only(o, run, (key) => key !== textOf(k, run)),
  ],
  ['toJsonString', '()', 'The object as JSON text.', (o, _, run) => jsonText(o, run)],
  ['toString', '()', 'Always "[object Object]"; toJsonString() tells more.', () => '[object Object]'],
  ['values', '()', 'The values of the fields.', (o, _, run) => keysOf(o, run).map((key) => o[key])],
]);
