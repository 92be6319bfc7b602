import { describe, expect, it } from 'vitest';
import { bodiesFrom, itemsOf, placeOn, runNode } from '../test-context.test-support.js';
import { mergeNode } from './merge.node.js';

const left = itemsOf({ id: 1, a: 'x' }, { id: 2, a: 'y' }, { id: null, a: 'z' });
const right = itemsOf({ id: '1', b: 10 }, { id: 3, b: 30 }, { id: null, b: 40 }, { id: 1, b: 11 });
const keys = [{ in1: 'id', in2: 'id' }];

async function merged(parameters: Record<string, unknown>, inputs = { in1: left, in2: right }): Promise<unknown> {
  return (await bodiesFrom(mergeNode, { parameters, inputs }))['main'];
}

describe('core.merge', () => {
  it('appends inputs in their order by default', async () => {
    expect(await merged({}, { in1: itemsOf({ n: 1 }), in2: itemsOf({ n: 2 }, { n: 3 }) })).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
  });

  it('appends what there is when an input is dead', async () => {
    expect(await merged({}, { in1: [], in2: itemsOf({ n: 2 }) })).toEqual([{ n: 2 }]);
  });

  it('matches by key: "1" equals 1, null matches nothing, duplicates give all pairs', async () => {
    expect(await merged({ mode: 'byKey', keys })).toEqual([
      { id: '1', a: 'x', b: 10 },
      { id: 1, a: 'x', b: 11 },
    ]);
  });

  it('gives all pairs of duplicates on both sides', async () => {
    const inputs = { in1: itemsOf({ k: 1, a: 1 }, { k: 1, a: 2 }), in2: itemsOf({ k: 1, b: 1 }, { k: 1, b: 2 }) };
    const pairs = (await merged({ mode: 'byKey', keys: [{ in1: 'k', in2: 'k' }] }, inputs)) as {
      a: number;
      b: number;
    }[];
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
  });

  it('keeps all of input 1 in a left join', async () => {
    expect(await merged({ mode: 'byKey', keys, join: 'left' })).toEqual([
      { id: '1', a: 'x', b: 10 },
      { id: 1, a: 'x', b: 11 },
      { id: 2, a: 'y' },
      { id: null, a: 'z' },
    ]);
  });

  it('keeps all of both in an outer join, what only input 2 has at the end', async () => {
    expect(await merged({ mode: 'byKey', keys, join: 'outer' })).toEqual([
      { id: '1', a: 'x', b: 10 },
      { id: 1, a: 'x', b: 11 },
      { id: 2, a: 'y' },
      { id: null, a: 'z' },
      { id: 3, b: 30 },
      { id: null, b: 40 },
    ]);
  });

  it('keeps of input 1 what has no match in an anti join', async () => {
    expect(await merged({ mode: 'byKey', keys, join: 'anti' })).toEqual([
      { id: 2, a: 'y' },
      { id: null, a: 'z' },
    ]);
  });

  it('needs every key to be equal, of fields with different and nested names', async () => {
    const inputs = {
      in1: itemsOf({ id: 1, lang: 'de' }, { id: 1, lang: 'en' }),
      in2: itemsOf({ ref: { id: '1' }, language: 'en', text: 'hello' }),
    };
    const fields = [
      { in1: 'id', in2: 'ref.id' },
      { in1: 'lang', in2: 'language' },
    ];
    expect(await merged({ mode: 'byKey', keys: fields }, inputs)).toEqual([
      { id: 1, lang: 'en', ref: { id: '1' }, language: 'en', text: 'hello' },
    ]);
  });

  it('does not take two texts for equal because they stand for the same number', async () => {
    const inputs = { in1: itemsOf({ id: '01' }), in2: itemsOf({ id: '1' }, { id: '01', b: 1 }) };
    expect(await merged({ mode: 'byKey', keys }, inputs)).toEqual([{ id: '01', b: 1 }]);
  });

  it('does not take missing keys for equal', async () => {
    expect(await merged({ mode: 'byKey', keys }, { in1: itemsOf({ a: 1 }), in2: itemsOf({ b: 1 }) })).toEqual([]);
  });

  it('joins a third input to what the first two made', async () => {
    const inputs = { in1: itemsOf({ id: 1, a: 1 }), in2: itemsOf({ id: 2, b: 2 }), in3: itemsOf({ id: 2, c: 3 }) };
    expect(await merged({ mode: 'byKey', inputs: 3, keys, join: 'outer' }, inputs)).toEqual([
      { id: 1, a: 1 },
      { id: 2, b: 2, c: 3 },
    ]);
  });

  it('says that keys are missing', async () => {
    await expect(merged({ mode: 'byKey' })).rejects.toMatchObject({ error: { code: 'parameter.missing' } });
  });

  it('pairs by position, and keeps the rest when told so', async () => {
    const inputs = { in1: itemsOf({ a: 1 }, { a: 2 }), in2: itemsOf({ b: 1 }) };
    expect(await merged({ mode: 'byPosition' }, inputs)).toEqual([{ a: 1, b: 1 }]);
    expect(await merged({ mode: 'byPosition', unpaired: true }, inputs)).toEqual([{ a: 1, b: 1 }, { a: 2 }]);
  });

  it('makes every pair', async () => {
    const inputs = { in1: itemsOf({ a: 1 }, { a: 2 }), in2: itemsOf({ b: 1 }, { b: 2 }) };
    expect(await merged({ mode: 'all' }, inputs)).toEqual([
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 1 },
      { a: 2, b: 2 },
    ]);
  });

  it('refuses to make millions of pairs', async () => {
    const many = Array.from({ length: 1001 }, () => ({ json: {} }));
    await expect(merged({ mode: 'all' }, { in1: many, in2: many })).rejects.toMatchObject({
      error: { code: 'merge.tooManyPairs' },
    });
  });

  it('lets the last input win a clash, or the first', async () => {
    const inputs = { in1: itemsOf({ v: 1 }), in2: itemsOf({ v: 2 }) };
    expect(await merged({ mode: 'byPosition' }, inputs)).toEqual([{ v: 2 }]);
    expect(await merged({ mode: 'byPosition', clash: 'first' }, inputs)).toEqual([{ v: 1 }]);
  });

  it.each(['in2', '2', 2])('passes on the input chosen as %j', async (use) => {
    expect(await merged({ mode: 'choose', use }, { in1: itemsOf({ a: 1 }), in2: itemsOf({ b: 1 }) })).toEqual([
      { b: 1 },
    ]);
  });

  it('refuses an input it does not have', async () => {
    await expect(merged({ mode: 'choose', use: 'in9' })).rejects.toMatchObject({
      error: { code: 'parameter.invalid' },
    });
  });

  it('passes on the first arrival', async () => {
    expect(await merged({ mode: 'first' }, { in1: [], in2: itemsOf({ b: 1 }) })).toEqual([{ b: 1 }]);
  });

  it('names every item a merged one was made from', async () => {
    const inputs = { in1: itemsOf({ a: 1 }), in2: itemsOf({ b: 1 }) };
    const { outputs } = await runNode(mergeNode, { parameters: { mode: 'byPosition' }, inputs });
    expect(outputs['main']?.[0]?.source).toEqual([placeOn('in1', 0), placeOn('in2', 0)]);
  });
});
