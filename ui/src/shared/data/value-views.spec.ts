import { expect, it } from 'vitest';
import { viewsOf } from './value-views.js';

it.each([
  ['plain', ['text']],
  ['{"a":1}', ['text', 'json']],
  ['{ not json', ['text']],
  ['<p>Hi</p>', ['text', 'html']],
  ['data:image/png;base64,AAAA', ['image', 'text']],
  [{ a: 1 }, ['json']],
  [5, ['json']],
])('%o can be seen as %o', (value, views) => {
  expect(viewsOf(value)).toEqual(views);
});
