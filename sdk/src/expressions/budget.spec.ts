import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.js';
import { aScope } from './scope.test-support.js';

const long = 'a'.repeat(900_000);
const list = Array.from({ length: 20_000 }, (_, index) => index);
const scope = aScope({ long, list, digits: '1'.repeat(90), as: 'a'.repeat(50_000) });

function codeOf(expression: string): string {
  try {
    evaluateTemplate(`={{ ${expression} }}`, scope);
    return 'fine';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const bombs = [
  '"x".repeat(1e9)',
  '"x".padEnd(1e9)',
  '"x".padStart(1e9, "ab")',
  '$json.long + $json.long',
  '$json.long.concat($json.long)',
  '`${$json.long}${$json.long}`',
  '[$json.long, $json.long].join("")',
  '[$json.long, $json.long] + ""',
  '$json.long.replaceAll("a", "bb")',
  '$json.long.replaceAll("a", "$\'")',
  '$json.long.replace(/a/g, "$`")',
  '$json.long.replaceAll("", "xx")',
  '$json.long.split("")',
  '$json.long.split(/a/)',
  '[...$json.long]',
  '$json.list.flatMap(x => $json.list)',
  '$json.list.map(x => $json.list.map(y => x * y))',
  '$json.list.map(x => $json.list).flat()',
  '$range(0, 1e9)',
  '$range(0, 1e6).map(x => x)',
  '$json.list.filter(x => $json.long.includes("b"))',
  '$json.list.map(x => $json.long.toUpperCase())',
  '$json.list.map(x => $json.long + x)',
  '(f => f(f))(f => f(f))',
  '(f => f(f))(f => [f(f), f(f)])',
  '$json.list.map(x => [...$json.list])',
  '$json.list.map(x => ({ ...$json.list }))',
  '$json.list.map(x => JSON.stringify($json.list))',
  '$json.list.map(x => $json.list.join(","))',
  '$json.list.map(x => $json.list.sort())',
  '$json.list.reduce(a => a + a, "x")',
  '$json.list.reduce(a => [...a, ...a], [1])',
  '$json.list.reduce(a => [a, a], 1)',
  '$json.list.reduce(a => [a], 1)',
  '$json.list.reduce(a => ({ a, b: a }), 1)',
  'JSON.stringify([$json.long, $json.long])',
  '$json.list.map(x => $json.list.unique())',
  '$json.list.slice(0, 30).reduce(a => [a, a], 1).toString()',
  '$json.list.slice(0, 30).reduce(a => ({ a, b: a }), 1)',
  '$json.list.map(x => $json.as.match(/a/g))',
  '$json.list.map(x => JSON.parse("[" + $json.list.join(",") + "]"))',
];

describe('an expression that is too expensive', () => {
  it.each(bombs)('ends as expression.budget: %s', (expression) => {
    expect(codeOf(expression)).toBe('expression.budget');
  });

  it('counts its steps', () => {
    expect(() => evaluateTemplate('={{ $json.list.map(x => x + 1).length }}', scope, { steps: 1_000 })).toThrow(
      'more than 1000 steps',
    );
  });

  it('may work through what a step usually gets', () => {
    expect(evaluateTemplate('={{ $json.list.map(x => x * 2).filter(x => x > 10).length }}', scope)).toBe(19_994);
    expect(evaluateTemplate('={{ $json.long.toUpperCase().length }}', scope)).toBe(900_000);
  });
});

describe('an expression that is too large to read', () => {
  it.each([
    ['deep parentheses', '('.repeat(50_000) + ')'.repeat(50_000)],
    ['deep lists', '['.repeat(200) + ']'.repeat(200)],
    ['deep operators', '!'.repeat(200) + '1'],
    ['deep functions', 'x => '.repeat(200) + '1'],
    [
      'many parts',
      Array.from({ length: 6_000 }, () => '1')
        .join(',')
        .replace(/^/, '[') + ']',
    ],
    ['a long sum', Array.from({ length: 6_000 }, () => '1').join('+')],
    ['many wrong ends', '( }} '.repeat(5_000)],
  ])('is a syntax error: %s', (_title, expression) => {
    expect(codeOf(expression)).toBe('expression.syntax');
  });
});

describe('a regular expression', () => {
  it.each([
    ['(a+)+$', 'fine'],
    ['^(a|a)*$', 'fine'],
    ['^(a*)*b', 'fine'],
    ['(a|aa)+$', 'fine'],
    ['(.*)*x', 'fine'],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'fine'],
    ['(x+x+)+y', 'fine'],
    ['^(\\w+\\s?)*$', 'fine'],
    ['(.*a){20}', 'fine'],
    ['^(?:a?){50}a{50}$', 'fine'],
  ])('takes time in proportion to the text: %s', (pattern, expected) => {
    expect(codeOf(`/${pattern}/.test($json.as + "!")`)).toBe(expected);
  });

  it.each(['(a+)+\\1', '(?=a+)+b', '(?!a)a', '(a)(?<!b)\\1'])('that needs backtracking is refused: %s', (pattern) => {
    expect(codeOf(`/${pattern}/.test("a")`)).toBe('expression.syntax');
  });

  it('that scans to the end for each of many matches is stopped', () => {
    expect(['fine', 'expression.budget']).toContain(codeOf('$json.as.match(/a.*b|a/g).length'));
  });

  it('that would come from a date format is refused', () => {
    expect(codeOf('DateTime.fromFormat($json.digits + "x", "dMdMdMdMdMdMdMdMdMdMdMdMdMdMdMdMdMdMdMdM")')).toBe(
      'expression.failed',
    );
  });
});
