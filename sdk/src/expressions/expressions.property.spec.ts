import * as fc from 'fast-check';
import { Script, createContext } from 'node:vm';
import { expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.js';
import { ExpressionError, ExpressionSyntaxError } from './expression.errors.js';
import { aScope } from './scope.test-support.js';

const data = {
  a: 5,
  b: -2.5,
  s: 'Hello, World',
  e: '',
  t: true,
  n: null,
  l: [3, 1, 2],
  w: ['x', 'yy', ''],
  o: { k: 'v', n: 7 },
};

const leaf = fc.oneof(
  fc.constantFrom(
    '$json.a',
    '$json.b',
    '$json.s',
    '$json.e',
    '$json.t',
    '$json.n',
    '$json.nope',
    '$json.l',
    '$json.w',
    '$json.o',
    '$json.o.k',
    '$json.l[0]',
    '$json.w.length',
    'undefined',
    'NaN',
  ),
  fc.integer({ min: -100, max: 100 }).map((n) => (n < 0 ? `(${n})` : String(n))),
  fc.string({ maxLength: 5 }).map((s) => JSON.stringify(s)),
  fc.constantFrom('true', 'false', 'null', '[]', '[1, "2", null]', '({ x: 1 })'),
);

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const e = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc
        .tuple(
          e,
          fc.constantFrom(
            '+',
            '-',
            '*',
            '/',
            '%',
            '<',
            '<=',
            '>',
            '>=',
            '==',
            '!=',
            '===',
            '!==',
            '&&',
            '||',
            '|',
            '&',
          ),
          e,
        )
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
      fc.tuple(e, e).map(([a, b]) => `(${a} ?? ${b})`),
      fc.tuple(fc.constantFrom('!', '-', '+', 'typeof '), e).map(([op, a]) => `(${op}(${a}))`),
      fc.tuple(e, e, e).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.tuple(e, e).map(([a, b]) => `[${a}, ...[${b}]]`),
      fc.tuple(e, e).map(([a, b]) => `({ p: ${a}, ...{ q: ${b} } })`),
      fc.tuple(e).map(([a]) => `\`<\${${a}}>\``),
      fc
        .tuple(
          e,
          fc.constantFrom(
            '.toUpperCase()',
            '.slice(1, 3)',
            '.trim()',
            '.split(",")',
            '.indexOf("l")',
            '.replace(/l+/g, "[$&]")',
            '.match(/[a-z]+/g)',
            '.padStart(8, "ab")',
            '.split(/[lo]/)',
            '.replace("l", "$$")',
            '.at(-1)',
          ),
        )
        .map(([a, m]) => `String(${a})${m}`),
      fc
        .tuple(
          e,
          e,
          fc.constantFrom(
            '.map((x, i) => x + i)',
            '.filter(x => x)',
            '.join("-")',
            '.slice(-1)',
            '.includes(3)',
            '.map(x => typeof x)',
            '.flat()',
            '.concat([1], 2)',
            '.some(x => x > 1)',
            '.reduce((p, c) => p + c, "")',
          ),
        )
        .map(([a, b, m]) => `[${a}, ${b}]${m}`),
    ),
  };
});

function inJavaScript(text: string): unknown {
  const context = createContext({ $json: structuredClone(data) });
  return new Script(`JSON.stringify((${text})) ?? "null"`).runInContext(context, { timeout: 1000 });
}

it('means what JavaScript means on the common subset', () => {
  fc.assert(
    fc.property(expression, (text) => {
      let expected: unknown;
      try {
        expected = inJavaScript(text);
      } catch {
        return;
      }
      // Text that reads like the end of an expression is written with an escape.
      expect(JSON.stringify(evaluateTemplate(`={{ ${text} }}`, aScope(data)))).toBe(expected);
    }),
    { numRuns: 800 },
  );
});

const fragments = [
  '$json',
  '.',
  'a',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '{{',
  '}}',
  '=>',
  '?',
  '?.',
  ':',
  ',',
  '...',
  '`',
  '${',
  '"',
  "'",
  '/',
  '\\',
  '+',
  '-',
  '=',
  '!',
  'x',
  '1',
  ' ',
  '\n',
  'new Date',
  'constructor',
  '__proto__',
  '$(',
  'map',
  'replace',
  'in',
  'typeof',
  '#',
  '@',
  '\u2028',
  '\u0000',
  '😀',
  '\ud800',
];

it('throws nothing but its own errors, whatever the text', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(fc.constantFrom(...fragments), { maxLength: 25 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (inside, isWrapped) => {
      try {
        const value = evaluateTemplate(isWrapped ? `={{ ${inside} }}` : `=${inside}`, aScope(data));
        expect(JSON.stringify(value)).toBeTypeOf('string');
      } catch (error) {
        if (!(error instanceof ExpressionError) && !(error instanceof ExpressionSyntaxError)) throw error;
      }
    }),
    { numRuns: 3_000 },
  );
});

it('gives every JSON value back as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify({ value })) as never;
      expect(JSON.stringify(evaluateTemplate('={{ $json.value }}', aScope(json)))).toBe(
        JSON.stringify((json as { value: unknown }).value),
      );
    }),
    { numRuns: 500 },
  );
});
