import { describe, expect, it } from 'vitest';
import type { NodePorts } from '../core-node.types.js';
import { bodiesFrom, placeOn, runNode } from '../test-context.test-support.js';
import { aggregateNode } from './aggregate.node.js';
import { dedupeNode } from './dedupe.node.js';
import { limitNode } from './limit.node.js';
import { renameNode } from './rename.node.js';
import { sortNode } from './sort.node.js';
import { splitNode } from './split.node.js';

const file = (id: string) => ({ id, name: 'a', mimeType: 'text/plain', size: 1, sha256: 'aa' });

describe('core.split', () => {
  it('makes an item of each object of a list', async () => {
    const step = { parameters: { field: 'body.lines' }, items: [{ body: { lines: [{ a: 1 }, { a: 2 }] }, x: 1 }] };
    expect(await bodiesFrom(splitNode, step)).toEqual({ main: [{ a: 1 }, { a: 2 }] });
  });

  it('puts plain values into a field named like the list', async () => {
    const step = { parameters: { field: 'body.tags' }, items: [{ body: { tags: ['a', null] } }] };
    expect(await bodiesFrom(splitNode, step)).toEqual({ main: [{ tags: 'a' }, { tags: null }] });
  });

  it('repeats the other fields when told so', async () => {
    const parameters = { field: 'lines', include: 'all' };
    expect(await bodiesFrom(splitNode, { parameters, items: [{ x: 1, lines: [{ a: 1 }] }] })).toEqual({
      main: [{ x: 1, lines: { a: 1 } }],
    });
    expect(
      await bodiesFrom(splitNode, { parameters: { ...parameters, into: 'line' }, items: [{ x: 1, lines: [2] }] }),
    ).toEqual({
      main: [{ x: 1, lines: [2], line: 2 }],
    });
  });

  it('puts the element into the field named', async () => {
    const step = { parameters: { field: 'lines', into: 'line' }, items: [{ lines: [{ a: 1 }] }] };
    expect(await bodiesFrom(splitNode, step)).toEqual({ main: [{ line: { a: 1 } }] });
  });

  it('makes nothing of a missing or empty list and one item of a single value', async () => {
    const step = { parameters: { field: 'v' }, items: [{}, { v: null }, { v: [] }, { v: 3 }] };
    const { outputs } = await runNode(splitNode, step);
    expect(outputs['main']).toEqual([{ json: { v: 3 }, source: [placeOn('main', 3)] }]);
  });
});

describe('core.aggregate', () => {
  it('lists whole items in data by default', async () => {
    const { outputs } = await runNode(aggregateNode, { items: [{ a: 1 }, { a: 2 }] });
    expect(outputs['main']).toEqual([
      { json: { data: [{ a: 1 }, { a: 2 }] }, source: [placeOn('main', 0), placeOn('main', 1)] },
    ]);
  });

  it('lists one field, leaving out items without it', async () => {
    const step = {
      parameters: { field: 'a.b', into: 'all' },
      items: [{ a: { b: 1 } }, {}, { a: { b: null } }, { a: { b: 0 } }],
    };
    expect(await bodiesFrom(aggregateNode, step)).toEqual({ main: [{ all: [1, 0] }] });
  });

  it('gathers files under free names when told so', async () => {
    const inputs = {
      main: [
        { json: {}, files: { data: file('1') } },
        { json: {}, files: { data: file('2') } },
      ],
    };
    expect((await runNode(aggregateNode, { inputs })).outputs['main']?.[0]?.files).toBeUndefined();
    const { outputs } = await runNode(aggregateNode, { inputs, parameters: { files: true } });
    expect(outputs['main']?.[0]?.files).toEqual({ data: file('1'), data_1: file('2') });
  });
});

describe('core.sort', () => {
  const sorted = async (by: unknown[], ...items: Parameters<typeof Object>[0][]) =>
    (await bodiesFrom(sortNode, { parameters: { by }, items }))['main'];

  it('sorts numbers by number, numeric text too, and text after them', async () => {
    expect(await sorted([{ field: 'v' }], { v: 'b' }, { v: '10' }, { v: 9 }, { v: 'A' })).toEqual([
      { v: 9 },
      { v: '10' },
      { v: 'A' },
      { v: 'b' },
    ]);
  });

  it('puts missing and null last, in either order', async () => {
    expect(await sorted([{ field: 'v' }], {}, { v: 2 }, { v: null }, { v: 1 })).toEqual([
      { v: 1 },
      { v: 2 },
      {},
      { v: null },
    ]);
    expect(await sorted([{ field: 'v', order: 'desc' }], {}, { v: 1 }, { v: 2 })).toEqual([{ v: 2 }, { v: 1 }, {}]);
  });

  it('keeps the order of equal items, and asks the next field', async () => {
    const items = [
      { g: 1, n: 1 },
      { g: 0, n: 2 },
      { g: 1, n: 3 },
      { g: 0, n: 4 },
    ];
    expect((await sorted([{ field: 'g', order: 'desc' }], ...items))?.map(({ n }) => n)).toEqual([1, 3, 2, 4]);
    const byTwo = await sorted([{ field: 'g' }, { field: 'n', order: 'desc' }], ...items);
    expect(byTwo?.map(({ n }) => n)).toEqual([4, 2, 3, 1]);
  });

  it('names the place each item came from', async () => {
    const { outputs } = await runNode(sortNode, { parameters: { by: [{ field: 'v' }] }, items: [{ v: 2 }, { v: 1 }] });
    expect(outputs['main']?.map((item) => item.source[0]?.item)).toEqual([1, 0]);
  });
});

describe('core.limit', () => {
  const items = [{ n: 1 }, { n: 2 }, { n: 3 }];

  it.each([
    [{}, [1]],
    [{ max: 2 }, [1, 2]],
    [{ max: 2, from: 'end' }, [2, 3]],
    [{ max: 9, from: 'end' }, [1, 2, 3]],
    [{ max: 0 }, []],
  ])('keeps with %j the items %j', async (parameters, kept) => {
    const made = await bodiesFrom(limitNode, { parameters, items });
    expect(made['main']?.map(({ n }) => n)).toEqual(kept);
  });
});

describe('core.rename', () => {
  it('renames fields where they stand', async () => {
    const { main } = await bodiesFrom(renameNode, { parameters: { fields: { a: 'x' } }, items: [{ a: 1, b: 2 }] });
    expect(JSON.stringify(main)).toBe('[{"x":1,"b":2}]');
  });

  it('swaps names', async () => {
    const step = { parameters: { fields: { a: 'b', b: 'a' } }, items: [{ a: 1, b: 2 }] };
    expect(await bodiesFrom(renameNode, step)).toEqual({ main: [{ a: 2, b: 1 }] });
  });

  it('replaces a field that has the new name, and leaves missing ones alone', async () => {
    const step = { parameters: { fields: { a: 'b', c: 'd' } }, items: [{ a: 1, b: 2, d: 4 }] };
    expect(await bodiesFrom(renameNode, step)).toEqual({ main: [{ b: 1, d: 4 }] });
  });

  it('reaches nested fields', async () => {
    const step = { parameters: { fields: { 'a.b': 'c.d' } }, items: [{ a: { b: 1, z: 2 } }] };
    expect(await bodiesFrom(renameNode, step)).toEqual({ main: [{ a: { z: 2 }, c: { d: 1 } }] });
  });
});

describe('core.dedupe', () => {
  const kept = async (parameters: Record<string, unknown>, items: object[], ports: NodePorts = {}) =>
    (await bodiesFrom(dedupeNode, { parameters, items: items as never, context: { ports } }))['main'];

  it('drops items whose json is equal, whatever the order of fields', async () => {
    expect(await kept({}, [{ a: 1, b: 2 }, { b: 2, a: 1 }, { a: 1 }])).toEqual([{ a: 1, b: 2 }, { a: 1 }]);
  });

  it('compares the fields named, and keeps the first', async () => {
    const items = [
      { id: 1, v: 'a' },
      { id: 1, v: 'b' },
      { id: '1', v: 'c' },
    ];
    expect(await kept({ by: ['id'] }, items)).toEqual([items[0], items[2]]);
    expect(await kept({ by: 'id' }, items)).toEqual([items[0], items[2]]);
  });

  it('compares what an expression gives for each item', async () => {
    const items = [{ id: 11 }, { id: 21 }, { id: 12 }];
    expect(await kept({ by: '={{ $json.id % 10 }}' }, items)).toEqual([{ id: 11 }, { id: 12 }]);
  });

  it('asks the memory of the workflow which values are new', async () => {
    const asked: unknown[] = [];
    const remember = (...call: unknown[]) => {
      asked.push(call);
      return Promise.resolve([false, true]);
    };
    const items = [{ id: 1 }, { id: 2 }, { id: 2 }];
    expect(await kept({ by: ['id'], scope: 'workflow', remember: 5 }, items, { remember })).toEqual([{ id: 2 }]);
    expect(asked).toEqual([['workflow', ['[1]', '[2]'], 5]]);
  });
});
