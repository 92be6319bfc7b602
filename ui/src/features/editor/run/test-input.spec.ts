import { expect, it } from 'vitest';
import { readTestInput, textOfItems } from './test-input.js';

it('reads an object and a list of objects, and says of anything else that it is none', () => {
  expect(readTestInput('{ "n": 1 }')).toEqual({ input: { n: 1 } });
  expect(readTestInput('[{ "n": 1 }, { "n": 2 }]')).toEqual({ input: [{ n: 1 }, { n: 2 }] });
  for (const text of ['3', 'null', '[1]', '[[]]'])
    expect(readTestInput(text)).toEqual({ problem: 'The trigger gives one object, or a list of objects.' });
});

it('says in which line JSON is broken, whether or not the browser does', () => {
  const problem = (text: string) => (readTestInput(text) as { problem: string }).problem;
  expect(problem('{\n  "a": 1,\n  "b": }')).toMatch(/^Line 3: Unexpected token/);
  expect(problem('{\n  "a" 1\n}')).toMatch(/^Line 2: /);
  expect(problem('{\n  "a": 1')).toMatch(/^Line 2: /);
  expect(problem('')).toMatch(/^Line 1: /);
});

it('writes one item as an object and several as a list, those with files whole', () => {
  expect(JSON.parse(textOfItems([{ json: { n: 1 } }]))).toEqual({ n: 1 });
  const files = { a: { id: 'f', name: 'a.txt', mimeType: 'text/plain', size: 1, sha256: '' } };
  expect(JSON.parse(textOfItems([{ json: { n: 1 } }, { json: {}, files }]))).toEqual([{ n: 1 }, { json: {}, files }]);
});
