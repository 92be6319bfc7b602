import { expect, it } from 'vitest';
import { jsonLines } from './json-lines.js';

const linesOf = (value: unknown) => jsonLines(JSON.stringify(value, null, 2));
const pathsOf = (value: unknown) =>
  linesOf(value)
    .filter(({ key }) => key !== undefined)
    .map(({ path }) => path);

it('knows where each value stands', () => {
  expect(pathsOf({ a: 1, user: { 'first name': 'x', tags: ['y', 'z'] }, b: [] })).toEqual([
    ['a'],
    ['user'],
    ['user', 'first name'],
    ['user', 'tags'],
    ['b'],
  ]);
});

it('counts the elements of lists', () => {
  expect(pathsOf({ rows: [{ id: 1 }, { id: 2, sub: [[{ x: 1 }]] }], after: 1 })).toEqual([
    ['rows'],
    ['rows', 0, 'id'],
    ['rows', 1, 'id'],
    ['rows', 1, 'sub'],
    ['rows', 1, 'sub', 0, 0, 'x'],
    ['after'],
  ]);
});

it('gives the text back as it was', () => {
  const value = { 'a "b"': { c: ['{', '}'], 'd: ': 1 } };
  const text = linesOf(value)
    .map(({ before, key = '', after }) => before + key + after)
    .join('\n');
  expect(JSON.parse(text)).toEqual(value);
});
