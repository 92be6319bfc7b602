import { expect, it } from 'vitest';
import { readItems, textOfItems } from './typed-items.js';

const files = { a: { id: 'f', name: 'a.txt', mimeType: 'text/plain', size: 1, sha256: '' } };
const problem = (text: string) => (readItems(text) as { problem: string }).problem;

it('reads an object and a list of objects, and says of anything else which item is none', () => {
  expect(readItems('{ "n": 1 }')).toEqual({ items: [{ json: { n: 1 } }] });
  expect(readItems('[{ "n": 1 }, { "n": 2 }]')).toEqual({ items: [{ json: { n: 1 } }, { json: { n: 2 } }] });
  expect(readItems('[]')).toEqual({ items: [] });
  for (const text of ['3', 'null', '[1]', '[[]]']) expect(problem(text)).toMatch(/^Item 1 is no object\. /);
  expect(problem('[{}, 1]')).toBe('Item 2 is no object. An item looks like { "name": "value" }.');
});

it('says in which line JSON is broken, whether or not the browser does', () => {
  expect(problem('{\n  "a": 1,\n  "b": }')).toMatch(/^Line 3: Unexpected token/);
  expect(problem('{\n  "a" 1\n}')).toMatch(/^Line 2: /);
  expect(problem('{\n  "a": 1')).toMatch(/^Line 2: /);
  expect(problem('')).toMatch(/^Line 1: /);
});

it('writes one item as an object and several as a list, those with files whole', () => {
  expect(JSON.parse(textOfItems([{ json: { n: 1 } }]))).toEqual({ n: 1 });
  expect(JSON.parse(textOfItems([{ json: { n: 1 } }, { json: {}, files }]))).toEqual([{ n: 1 }, { json: {}, files }]);
});

it.each([
  [[{ json: { n: 1 } }]],
  [[{ json: {}, files }, { json: { n: 1 } }]],
  [[{ json: { json: { n: 1 } } }]],
  [[{ json: { json: 1, files: 2 } }]],
  [[]],
])('reads what it wrote as it was: %j', (items) => {
  expect(readItems(textOfItems(items))).toEqual({ items });
});
