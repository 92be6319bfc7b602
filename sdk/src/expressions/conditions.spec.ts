import { describe, expect, it } from 'vitest';
import { DateTime } from 'luxon';
import { compare, evaluateConditions, truth, type ConditionOp } from './conditions.js';

const rows: [unknown, ConditionOp, unknown, boolean | 'type'][] = [
  [0, 'exists', undefined, true],
  ['', 'exists', undefined, true],
  [null, 'exists', undefined, false],
  [undefined, 'notExists', undefined, true],
  ['', 'empty', undefined, true],
  [[], 'empty', undefined, true],
  [{}, 'empty', undefined, true],
  [null, 'empty', undefined, true],
  [0, 'empty', undefined, false],
  [false, 'empty', undefined, false],
  ['a', 'notEmpty', undefined, true],
  [[0], 'notEmpty', undefined, true],
  [5, 'eq', 5, true],
  [5, 'eq', '5', true],
  ['5.0', 'eq', 5, true],
  ['5', 'eq', '5.0', false],
  ['', 'eq', 0, false],
  [null, 'eq', undefined, true],
  [null, 'eq', '', false],
  [null, 'eq', 0, false],
  ['a', 'eq', 'A', false],
  [true, 'eq', 'true', true],
  [true, 'eq', 1, false],
  [[1, 'a'], 'eq', [1, 'a'], true],
  [{ a: 1 }, 'eq', { a: 1 }, true],
  [{ a: 1 }, 'eq', { b: 1 }, false],
  ['a', 'ne', 'b', true],
  [5, 'ne', '5', false],
  ['2026-01-01T00:00:00Z', 'eq', '2026-01-01T01:00:00+01:00', true],
  ['2026-01-01', 'eq', '2026-01-01T00:00:00Z', true],
  ['2026-01-01', 'eq', '2026-01-02', false],
  [2, 'gt', 1, true],
  ['10', 'gt', '9', true],
  ['10', 'gt', 9, true],
  [1, 'gte', 1, true],
  [1, 'lt', 2, true],
  [1, 'lte', 0, false],
  ['2026-02-01', 'gt', '2026-01-01T10:00:00Z', true],
  ['2026-01-01T10:00:00Z', 'lt', '2026-01-01T10:00:00-01:00', true],
  [DateTime.fromISO('2026-01-02T00:00:00Z'), 'gt', '2026-01-01', true],
  ['a', 'gt', 'b', 'type'],
  [null, 'gt', 1, 'type'],
  [1, 'lt', null, 'type'],
  [true, 'gte', 1, 'type'],
  [[1], 'lte', 1, 'type'],
  [{}, 'gt', {}, 'type'],
  ['', 'gt', 0, 'type'],
  ['2026-01-01', 'gt', 5, 'type'],
  ['hello', 'contains', 'ell', true],
  ['hello', 'contains', 'ELL', false],
  [['a', 'b'], 'contains', 'b', true],
  [[1, 2], 'contains', '2', true],
  [null, 'contains', 'a', false],
  [null, 'notContains', 'a', true],
  [{ a: 1 }, 'contains', 'a', true],
  [{}, 'contains', 'toString', false],
  [123, 'contains', 2, true],
  ['hello', 'startsWith', 'he', true],
  ['hello', 'endsWith', 'lo', true],
  [null, 'startsWith', '', false],
  ['hello', 'matches', '^h.*o$', true],
  ['hello', 'matches', '/^H/i', true],
  ['hello', 'matches', '^H', false],
  ['x', 'matches', '(', 'type'],
  ['x', 'matches', 5, 'type'],
  [null, 'matches', 'x', false],
  [true, 'true', undefined, true],
  ['false', 'true', undefined, false],
  ['false', 'false', undefined, true],
  [0, 'false', undefined, true],
  ['x', 'true', undefined, true],
  ['a', 'in', ['a', 'b'], true],
  [1, 'in', ['1'], true],
  ['a', 'in', 'a, b', true],
  ['c', 'notIn', ['a'], true],
  ['a', 'in', null, false],
  ['a', 'in', 5, 'type'],
  ['a', 'constructor' as ConditionOp, 'a', 'type'],
  ['a', 'like' as ConditionOp, 'a', 'type'],
];

function outcome(left: unknown, op: ConditionOp, right: unknown): boolean | string {
  try {
    return compare(left, op, right);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('compare', () => {
  it.each(rows)('%j %s %j is %s', (left, op, right, expected) => {
    expect(outcome(left, op, right)).toBe(expected === 'type' ? 'condition.type' : expected);
  });

  it.each([
    ['gt', '"is more than" compares two numbers or two dates, not a text with a number'],
    ['lte', '"is at most" compares two numbers or two dates, not a text with a number'],
    ['matches', '"matches" needs a regular expression as text, not a number'],
    ['in', '"is one of" needs a list, not a number'],
    ['notIn', '"is none of" needs a list, not a number'],
  ] as const)('says what cannot be compared by %s in the words of the form', (op, message) => {
    expect(() => compare('many', op, 5)).toThrow(message);
  });

  it.each([
    ['eq', 'HELLO'],
    ['contains', 'ELL'],
    ['startsWith', 'HE'],
    ['endsWith', 'LO'],
    ['matches', '^HEL'],
    ['in', ['HELLO']],
  ] as const)('%s can leave the case aside', (op, right) => {
    expect(compare('hello', op, right, { caseSensitive: false })).toBe(true);
    expect(compare('hello', op, right)).toBe(false);
  });
});

describe('truth', () => {
  it.each([
    ['', false],
    ['false', false],
    ['0', true],
    ['no', true],
    [0, false],
    [null, false],
    [undefined, false],
    [NaN, false],
    [[], true],
    [{}, true],
  ])('of %j is %s', (value, expected) => {
    expect(truth(value)).toBe(expected);
  });
});

describe('evaluateConditions', () => {
  const same = (value: unknown): unknown => value;

  it('reads a single condition', () => {
    expect(evaluateConditions({ condition: 'false' }, same)).toBe(false);
    expect(evaluateConditions({}, same)).toBe(false);
  });

  it('combines with and unless told or', () => {
    const conditions = [
      { left: 1, op: 'eq', right: 1 },
      { left: 1, op: 'eq', right: 2 },
    ] as const;
    expect(evaluateConditions({ conditions }, same)).toBe(false);
    expect(evaluateConditions({ conditions, combine: 'or' }, same)).toBe(true);
  });

  it('asks only for what decides', () => {
    const asked: unknown[] = [];
    const conditions = [
      { left: 'a', op: 'exists' },
      { left: 'b', op: 'exists' },
    ] as const;
    evaluateConditions({ conditions, combine: 'or' }, (value) => (asked.push(value), value));
    expect(asked).toEqual(['a']);
  });
});
