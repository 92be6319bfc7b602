import { describe, expect, it } from 'vitest';
import { evaluateTemplate } from './evaluate.js';
import { data, rows } from './meaning.test-support.js';
import { aScope } from './scope.test-support.js';

function result(template: string): unknown {
  try {
    return evaluateTemplate(template, aScope(data));
  } catch (error) {
    return `error ${(error as { code?: string }).code}`;
  }
}

describe.each(Object.entries(rows))('%s', (_topic, table) => {
  it.each(table)('%s', (template, expected) => {
    expect(result(template)).toEqual(expected);
  });
});

describe('an error', () => {
  it('names the expression and what was wrong', () => {
    expect(() => evaluateTemplate('=Hi {{ $json.first.toUpperCase() }}', aScope())).toThrow(
      '$json.first is undefined, so toUpperCase() cannot be called on it; ?.toUpperCase() allows that (in {{ $json.first.toUpperCase() }})',
    );
  });

  it('points at the place of a mistake', () => {
    expect(() => evaluateTemplate('=Hi\n {{ 1 + + }}', aScope())).toThrow(
      expect.objectContaining({ line: 2, code: 'expression.syntax' }),
    );
  });
});

it('does not change the data it reads', () => {
  const before = JSON.stringify(data);
  for (const table of Object.values(rows)) for (const [template] of table) result(template);
  expect(JSON.stringify(data)).toBe(before);
});

it('has at least 200 rows', () => {
  expect(Object.values(rows).flat().length).toBeGreaterThanOrEqual(200);
});
