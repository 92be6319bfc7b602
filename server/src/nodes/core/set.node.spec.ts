import { describe, expect, it } from 'vitest';
import { bodiesFrom, placeOn, runNode } from '../test-context.test-support.js';
import { setNode } from './set.node.js';

const file = { id: 'f1', name: 'a.txt', mimeType: 'text/plain', size: 1, sha256: 'aa' };

describe('core.set', () => {
  it('writes fields from expressions, item by item, and keeps the rest', async () => {
    const step = { parameters: { fields: { total: '={{ $json.qty * 2 }}' } }, items: [{ qty: 1 }, { qty: 2 }] };
    expect(await bodiesFrom(setNode, step)).toEqual({
      main: [
        { qty: 1, total: 2 },
        { qty: 2, total: 4 },
      ],
    });
  });

  it('evaluates templates at any depth of a value', async () => {
    const fields = { a: { b: ['={{ $json.x }}', 'plain'] } };
    expect(await bodiesFrom(setNode, { parameters: { fields }, items: [{ x: 7 }] })).toEqual({
      main: [{ x: 7, a: { b: [7, 'plain'] } }],
    });
  });

  it('nests a name with a dot and keeps its neighbours', async () => {
    const step = { parameters: { fields: { 'a.b': 2, 'c.d.e': true } }, items: [{ a: { b: 1, z: 0 } }] };
    expect(await bodiesFrom(setNode, step)).toEqual({ main: [{ a: { b: 2, z: 0 }, c: { d: { e: true } } }] });
  });

  it('keeps nothing of the input when told so', async () => {
    const step = { parameters: { fields: { b: 2 }, keep: 'none' }, items: [{ a: 1 }] };
    expect(await bodiesFrom(setNode, step)).toEqual({ main: [{ b: 2 }] });
  });

  it('keeps the fields named, nested ones too', async () => {
    const step = { parameters: { keep: ['a', 'c.d', 'missing'] }, items: [{ a: 1, b: 2, c: { d: 3, e: 4 } }] };
    expect(await bodiesFrom(setNode, step)).toEqual({ main: [{ a: 1, c: { d: 3 } }] });
  });

  it('writes a whole object, and fields after it', async () => {
    const parameters = { json: '={{ { a: $json.x, b: 1 } }}', fields: { b: 2 }, keep: 'none' };
    expect(await bodiesFrom(setNode, { parameters, items: [{ x: 5 }] })).toEqual({ main: [{ a: 5, b: 2 }] });
  });

  it('reads a whole object written as JSON text', async () => {
    const step = { parameters: { json: '{"a":[1]}', keep: 'none' }, items: [{}] };
    expect(await bodiesFrom(setNode, step)).toEqual({ main: [{ a: [1] }] });
  });

  it('refuses a whole object that is a list', async () => {
    await expect(runNode(setNode, { parameters: { json: [1] }, items: [{}] })).rejects.toMatchObject({
      error: { code: 'parameter.invalid' },
    });
  });

  it('keeps files unless told otherwise, and names where each item came from', async () => {
    const inputs = { main: [{ json: {}, files: { data: file } }] };
    const kept = await runNode(setNode, { inputs });
    expect(kept.outputs['main']).toEqual([{ json: {}, files: { data: file }, source: [placeOn('main', 0)] }]);
    const dropped = await runNode(setNode, { inputs, parameters: { files: false } });
    expect(dropped.outputs['main']).toEqual([{ json: {}, source: [placeOn('main', 0)] }]);
  });

  it('treats __proto__ as a field like any other', async () => {
    const fields = JSON.parse('{"__proto__.polluted": true}') as Record<string, unknown>;
    await bodiesFrom(setNode, { parameters: { fields }, items: [{}] });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('makes an expression that gives nothing null', async () => {
    const step = { parameters: { fields: { a: '={{ $json.nothing.here }}' } }, items: [{}] };
    expect(await bodiesFrom(setNode, step)).toEqual({ main: [{ a: null }] });
  });
});
