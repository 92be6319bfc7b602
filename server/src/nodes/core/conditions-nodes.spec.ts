import { describe, expect, it } from 'vitest';
import { bodiesFrom, placeOn, runNode } from '../test-context.test-support.js';
import { filterNode } from './filter.node.js';
import { ifNode } from './if.node.js';
import { switchNode } from './switch.node.js';

const over = (limit: number) => [{ left: '={{ $json.n }}', op: 'gt', right: limit }];

describe('core.if', () => {
  it('sends each item one way or the other, in order', async () => {
    const step = { parameters: { conditions: over(1) }, items: [{ n: 1 }, { n: 2 }, { n: 3 }] };
    expect(await bodiesFrom(ifNode, step)).toEqual({ false: [{ n: 1 }], true: [{ n: 2 }, { n: 3 }] });
  });

  it.each([
    ['={{ $json.ok }}', { ok: 'false' }, 'false'],
    ['={{ $json.ok }}', { ok: 'no' }, 'true'],
    ['={{ $json.ok }}', { ok: 0 }, 'false'],
    ['={{ $json.ok }}', { ok: [] }, 'true'],
    ['={{ $json.missing }}', {}, 'false'],
    [true, {}, 'true'],
  ])('judges the expression %s of %j as %s', async (condition, item, port) => {
    expect(await bodiesFrom(ifNode, { parameters: { condition }, items: [item] })).toEqual({ [port]: [item] });
  });

  it('needs all conditions, or any of them', async () => {
    const conditions = [...over(1), { left: '={{ $json.name }}', op: 'eq', right: 'x' }];
    const items = [{ n: 2, name: 'y' }];
    expect(await bodiesFrom(ifNode, { parameters: { conditions }, items })).toEqual({ false: items });
    expect(await bodiesFrom(ifNode, { parameters: { conditions, combine: 'or' }, items })).toEqual({ true: items });
  });

  it('compares without regard to case when told so', async () => {
    const conditions = [{ left: 'ABC', op: 'eq', right: 'abc', caseSensitive: false }];
    expect(await bodiesFrom(ifNode, { parameters: { conditions }, items: [{}] })).toEqual({ true: [{}] });
  });

  it('fails with condition.type when values cannot be ordered', async () => {
    const step = { parameters: { conditions: over(1) }, items: [{ n: 'many' }] };
    await expect(runNode(ifNode, step)).rejects.toMatchObject({ error: { code: 'condition.type', nodeId: 'n1' } });
  });

  it('puts an item that cannot be judged on false when it is to continue', async () => {
    const step = {
      parameters: { conditions: over(1) },
      items: [{ n: 'many' }, { n: 2 }],
      node: { onError: 'continue' as const },
    };
    expect(await bodiesFrom(ifNode, step)).toEqual({
      false: [{ n: 'many', error: expect.objectContaining({ code: 'condition.type', nodeId: 'n1' }) as object }],
      true: [{ n: 2 }],
    });
  });

  it('puts it on the port error when asked to', async () => {
    const step = {
      parameters: { conditions: over(1) },
      items: [{ n: {} }, { n: 2 }],
      node: { onError: 'errorOutput' as const },
    };
    expect(Object.keys(await bodiesFrom(ifNode, step)).sort()).toEqual(['error', 'true']);
  });
});

describe('core.filter', () => {
  it('keeps what meets the condition, with its lineage', async () => {
    const step = { parameters: { conditions: over(1) }, items: [{ n: 1 }, { n: 2 }] };
    expect((await runNode(filterNode, step)).outputs['main']).toEqual([
      { json: { n: 2 }, source: [placeOn('main', 1)] },
    ]);
  });

  it('keeps nothing without a condition', async () => {
    expect(await bodiesFrom(filterNode, { items: [{}] })).toEqual({ main: [] });
  });
});

describe('core.switch', () => {
  const rules = [
    { port: 'big', conditions: over(10) },
    { port: 'some', condition: '={{ $json.n > 0 }}' },
  ];

  it('sends each item to the first rule that holds', async () => {
    const step = { parameters: { rules }, items: [{ n: 20 }, { n: 5 }] };
    expect(await bodiesFrom(switchNode, step)).toEqual({ big: [{ n: 20 }], some: [{ n: 5 }] });
  });

  it('sends it to every rule that holds in mode all, once for each port', async () => {
    const parameters = { rules: [...rules, { port: 'some', condition: true }], mode: 'all' };
    expect(await bodiesFrom(switchNode, { parameters, items: [{ n: 20 }] })).toEqual({
      big: [{ n: 20 }],
      some: [{ n: 20 }],
    });
  });

  it('drops what meets no rule, or sends it to the fallback', async () => {
    expect(await bodiesFrom(switchNode, { parameters: { rules }, items: [{ n: 0 }] })).toEqual({});
    const parameters = { rules, fallback: 'rest' };
    expect(await bodiesFrom(switchNode, { parameters, items: [{ n: 0 }] })).toEqual({ rest: [{ n: 0 }] });
  });

  it('does not ask the rules behind the one that holds', async () => {
    const parameters = {
      rules: [
        { port: 'a', condition: true },
        { port: 'b', conditions: over(1) },
      ],
    };
    expect(await bodiesFrom(switchNode, { parameters, items: [{ n: 'text' }] })).toEqual({ a: [{ n: 'text' }] });
  });
});
