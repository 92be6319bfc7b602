import type { Item } from '@wfaib/sdk/items';
import { expect, it } from 'vitest';
import { findItems } from './find-items.js';

const outputOf = (items: Item[]) => ({
  count: items.length,
  page: (offset: number, limit: number) => Promise.resolve(items.slice(offset, offset + limit)),
});
const many = (count: number): Item[] =>
  Array.from({ length: count }, (_, n) => ({ json: { n, even: n % 2 === 0 ? 'Yes' : 'no' }, source: [] }));

it('finds items over all pages and ports, with their places', async () => {
  const found = await findItems([outputOf(many(1_500)), outputOf(many(3))], 'YES', { offset: 749, limit: 3 });
  expect(found.total).toBe(752);
  expect(found.indexes).toEqual([1_498, 1_500, 1_502]);
  expect(found.items.map(({ json }) => json['n'])).toEqual([1_498, 0, 2]);
});

it('finds names as well as values, and nothing where nothing is', async () => {
  expect((await findItems([outputOf(many(2))], '"even"', { offset: 0, limit: 9 })).total).toBe(2);
  expect(await findItems([outputOf(many(2))], 'nowhere', { offset: 0, limit: 9 })).toEqual({
    items: [],
    indexes: [],
    total: 0,
  });
});
