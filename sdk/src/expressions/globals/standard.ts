import type { Evaluation } from '../evaluation.js';
import { ExpressionError } from '../expression.errors.js';
import { integerOf, listOf, textOf } from '../methods/arguments.js';
import { jsonText, parseJson } from '../methods/json-text.js';
import { keysOf } from '../methods/object.js';
import { kindOf, setOwn, toNumber, toText } from '../values.js';
import { toKey } from '../own-data.js';
import { memberTable, Namespace, type MethodRow, type PropertyRow } from '../views.js';

type Row = MethodRow<undefined>;
const numeric = (name: string, doc: string, call: (...numbers: number[]) => number, signature = '(number)'): Row => [
  name,
  signature,
  doc,
  (_, args, run) => {
    run.budget.work(args.length);
    return call(...args.map((arg) => toNumber(arg, run.budget)));
  },
];

const constants: PropertyRow<undefined>[] = (
  ['E', 'LN10', 'LN2', 'LOG10E', 'LOG2E', 'PI', 'SQRT1_2', 'SQRT2'] as const
).map((name) => [name, `The constant ${name}.`, () => Math[name]]);

export const mathNamespace = new Namespace(
  'Math',
  memberTable<undefined>(
    [
      numeric('abs', 'Without its sign.', (n) => Math.abs(n)),
      numeric('acos', 'Arc cosine.', (n) => Math.acos(n)),
      numeric('asin', 'Arc sine.', (n) => Math.asin(n)),
      numeric('atan', 'Arc tangent.', (n) => Math.atan(n)),
      numeric('atan2', 'Angle of a point.', (a, b) => Math.atan2(a!, b!), '(y, x)'),
      numeric('cbrt', 'Cube root.', (n) => Math.cbrt(n)),
      numeric('ceil', 'Rounded up.', (n) => Math.ceil(n)),
      numeric('cos', 'Cosine.', (n) => Math.cos(n)),
      numeric('exp', 'e to the power of the number.', (n) => Math.exp(n)),
      numeric('floor', 'Rounded down.', (n) => Math.floor(n)),
      numeric('hypot', 'Square root of the sum of squares.', (...n) => Math.hypot(...n), '(...numbers)'),
      numeric('log', 'Natural logarithm.', (n) => Math.log(n)),
      numeric('log10', 'Logarithm to base 10.', (n) => Math.log10(n)),
      numeric('log2', 'Logarithm to base 2.', (n) => Math.log2(n)),
      numeric(
        'max',
        'The largest of the numbers.',
        (...n) => n.reduce((a, b) => Math.max(a, b), -Infinity),
        '(...numbers)',
      ),
      numeric(
        'min',
        'The smallest of the numbers.',
        (...n) => n.reduce((a, b) => Math.min(a, b), Infinity),
        '(...numbers)',
      ),
      numeric('pow', 'One number to the power of another.', (a, b) => a! ** b!, '(base, exponent)'),
      ['random', '()', 'A number from 0 up to 1.', () => Math.random()],
      numeric('round', 'Rounded to a whole number.', (n) => Math.round(n)),
      numeric('sign', '1, 0 or -1.', (n) => Math.sign(n)),
      numeric('sin', 'Sine.', (n) => Math.sin(n)),
      numeric('sqrt', 'Square root.', (n) => Math.sqrt(n)),
      numeric('tan', 'Tangent.', (n) => Math.tan(n)),
      numeric('trunc', 'Without decimals.', (n) => Math.trunc(n)),
    ],
    constants,
  ),
);

export const jsonNamespace = new Namespace(
  'JSON',
  memberTable<undefined>([
    ['parse', '(text)', 'The value that a JSON text holds.', (_, [text], run) => parseJson(textOf(text, run), run)],
    [
      'stringify',
      '(value, null?, indent?)',
      'A value as JSON text.',
      (_, [value, , indent], run) =>
        jsonText(
          value,
          run,
          typeof indent === 'string' ? indent.slice(0, 10) : Math.min(integerOf(indent, run, 0), 10),
        ),
    ],
  ]),
);

/** What `Object.keys` and its like walk over: fields of an object, indexes of a list or text. */
function fieldsOf(value: unknown, user: string, run: Evaluation): [string, unknown][] {
  const kind = kindOf(value);
  if (kind === 'null' || kind === 'undefined') throw new ExpressionError(`Object.${user} needs an object, not ${kind}`);
  if (kind !== 'object' && kind !== 'array' && kind !== 'string') return [];
  const source = (kind === 'string' ? [...(value as string)] : value) as Record<string, unknown>;
  return keysOf(source, run).map((key) => [key, typeof source[key] === 'function' ? undefined : source[key]]);
}

function fromEntries(entries: unknown, run: Evaluation): Record<string, unknown> {
  const list = listOf(entries, 'Object.fromEntries');
  run.budget.elements(list.length);
  const out: Record<string, unknown> = {};
  for (const entry of list) {
    const [key, value] = listOf(entry, 'Object.fromEntries');
    setOwn(out, String(toKey(key, run)), value);
  }
  return out;
}

function assign(sources: readonly unknown[], run: Evaluation): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const source of sources) {
    if (kindOf(source) !== 'object' && source !== null && source !== undefined) continue;
    const plain = (source ?? {}) as Record<string, unknown>;
    for (const key of keysOf(plain, run)) setOwn(out, key, plain[key]);
  }
  return out;
}

export const objectNamespace = new Namespace(
  'Object',
  memberTable<undefined>([
    [
      'assign',
      '(...objects)',
      'A new object with the fields of all; later ones win.',
      (_, sources, run) => assign(sources, run),
    ],
    ['entries', '(object)', 'A list of [name, value].', (_, [o], run) => fieldsOf(o, 'entries', run)],
    ['fromEntries', '(list)', 'The object of a list of [name, value].', (_, [list], run) => fromEntries(list, run)],
    ['keys', '(object)', 'The names of the fields.', (_, [o], run) => fieldsOf(o, 'keys', run).map(([key]) => key)],
    [
      'values',
      '(object)',
      'The values of the fields.',
      (_, [o], run) => fieldsOf(o, 'values', run).map(([, value]) => value),
    ],
  ]),
);

export function parseInteger(args: readonly unknown[], run: Evaluation): number {
  return parseInt(toText(args[0], run.budget), args[1] === undefined ? 10 : integerOf(args[1], run, 10));
}

const test = (name: string, doc: string, call: (value: unknown) => boolean): Row => [
  name,
  '(value)',
  doc,
  (_, [value]) => call(value),
];

export const numberNamespace = new Namespace(
  'Number',
  memberTable<undefined>(
    [
      test('isFinite', 'Whether the value is a finite number.', (value) => Number.isFinite(value)),
      test('isInteger', 'Whether the value is a whole number.', (value) => Number.isInteger(value)),
      test('isNaN', 'Whether the value is NaN.', (value) => Number.isNaN(value)),
      test('isSafeInteger', 'Whether the value is a whole number that is exact.', (value) =>
        Number.isSafeInteger(value),
      ),
      [
        'parseFloat',
        '(text)',
        'The number that a text starts with.',
        (_, [text], run) => parseFloat(toText(text, run.budget)),
      ],
      [
        'parseInt',
        '(text, base?)',
        'The whole number that a text starts with.',
        (_, args, run) => parseInteger(args, run),
      ],
    ],
    (['MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER', 'MAX_VALUE', 'MIN_VALUE', 'EPSILON'] as const).map((name) => [
      name,
      `The constant ${name}.`,
      () => Number[name],
    ]),
  ),
  (_, args, run) => (args.length === 0 ? 0 : toNumber(args[0], run.budget)),
);

export const stringNamespace = new Namespace(
  'String',
  memberTable<undefined>([
    [
      'fromCharCode',
      '(...codes)',
      'The text of UTF-16 codes.',
      (_, codes, run) => String.fromCharCode(...codes.map((code) => toNumber(code, run.budget))),
    ],
  ]),
  (_, args, run) => (args.length === 0 ? '' : toText(args[0], run.budget)),
);

export const booleanNamespace = new Namespace('Boolean', memberTable<undefined>([]), (_, [value]) => Boolean(value));

export const arrayNamespace = new Namespace(
  'Array',
  memberTable<undefined>([
    test('isArray', 'Whether the value is a list.', (value) => Array.isArray(value)),
    [
      'of',
      '(...elements)',
      'A list of the arguments.',
      (_, args, run) => {
        run.budget.elements(args.length);
        return [...args];
      },
    ],
  ]),
);
