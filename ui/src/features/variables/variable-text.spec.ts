import { expect, it } from 'vitest';
import { kindOf, textOf, valueOf } from './variable-text.js';

it.each(['https://x', '', '5', 5, true, null, [1, 2], { a: { b: 1 } }])('gives %o back as it was', (value) => {
  expect(valueOf(kindOf(value), textOf(value))).toEqual(value);
});

it('says what JSON is, where it is none', () => {
  expect(() => valueOf('json', 'hello')).toThrow('choose Text');
});
