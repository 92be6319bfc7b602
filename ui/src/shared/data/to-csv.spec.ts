import { expect, it } from 'vitest';
import { toCsv } from './to-csv.js';

it('writes a column a field, quotes where needed and leaves out what is not there', () => {
  const items = [{ json: { a: 1, b: 'x, "y"' } }, { json: { b: null, c: [1, 2] } }];
  expect(toCsv(items)).toBe('a,b,c\r\n1,"x, ""y""",\r\n,,"[1,2]"');
});

it('leaves a spreadsheet nothing to work out, and numbers what they are', () => {
  const row = { a: '=1+1', b: '@SUM(A1)', c: '-2+3', d: '-5', e: -5, f: '+49,5', g: 'a=b' };
  expect(toCsv([{ json: row }]).split('\r\n')[1]).toBe(`'=1+1,'@SUM(A1),'-2+3,-5,-5,"+49,5",a=b`);
});
