import { describe, expect, it } from 'vitest';
import { bodiesFrom, runNode } from '../test-context.test-support.js';
import { summarizeNode } from './summarize.node.js';

const items = [
  { c: 'de', p: 1, n: 'b' },
  { c: 'fr', p: '3', n: 'a' },
  { c: 'de', p: 2, n: 'b' },
  { c: 'de', p: null },
];

async function summary(values: object[], by?: unknown): Promise<unknown> {
  const parameters = { values, ...(by === undefined ? {} : { by }) };
  return (await bodiesFrom(summarizeNode, { parameters, items }))['main'];
}

describe('core.summarize', () => {
  it.each([
    ['count', 'p', 3],
    ['countUnique', 'n', 2],
    ['sum', 'p', 6],
    ['avg', 'p', 2],
    ['min', 'p', 1],
    ['max', 'p', '3'],
    ['min', 'n', 'a'],
    ['append', 'n', ['b', 'a', 'b']],
    ['concat', 'n', 'b,a,b'],
  ])('works out %s of %s', async (op, field, expected) => {
    expect(await summary([{ field, op }])).toEqual([{ [`${op}_${field}`]: expected }]);
  });

  it('counts items without a field', async () => {
    expect(await summary([{ op: 'count' }])).toEqual([{ count: 4 }]);
  });

  it('makes an item per group, in order of their first item', async () => {
    expect(await summary([{ field: 'p', op: 'sum', as: 'total' }], ['c'])).toEqual([
      { c: 'de', total: 3 },
      { c: 'fr', total: 3 },
    ]);
    const { outputs } = await runNode(summarizeNode, { parameters: { by: 'c', values: [{ op: 'count' }] }, items });
    expect(outputs['main']?.map(({ source }) => source.map(({ item }) => item))).toEqual([[0, 2, 3], [1]]);
  });

  it.each([
    ['sum', 0],
    ['avg', null],
    ['min', null],
    ['max', null],
    ['append', []],
    ['concat', ''],
  ])('gives for %s of no values %j', async (op, expected) => {
    expect(await summary([{ field: 'missing', op, as: 'v' }])).toEqual([{ v: expected }]);
  });

  it('refuses to add up what is no number', async () => {
    await expect(summary([{ field: 'n', op: 'sum' }])).rejects.toMatchObject({
      error: { code: 'summarize.notANumber' },
    });
  });
});
