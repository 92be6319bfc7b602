import { expect, it } from 'vitest';
import { referenceAt } from './reference-at.js';

const text = `Total {{ $('Get user').item.json.total + $node["It's"].json.n }} of $json`;

it.each([
  [12, 'Get user'],
  [text.indexOf('It'), "It's"],
  [2, undefined],
  [text.length - 1, undefined],
])('at %i stands %s', (position, name) => {
  expect(referenceAt(text, position)).toBe(name);
});
