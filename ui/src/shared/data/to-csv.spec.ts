import { expect, it } from 'vitest';
import { toCsv } from './to-csv.js';

it('writes a column a field, quotes where needed and leaves out what is not there', () => {
  const items = [{ json: { a: 1, b: 'x, "y"' } }, { json: { b: null, c: [1, 2] } }];
  expect(toCsv(items)).toBe('a,b,c\r\n1,"x, ""y""",\r\n,,"[1,2]"');
});
