import { describe, expect, it } from 'vitest';
import { aDocument, aPlan, describeForTests } from '../interpreter/graph.test-support.js';
import { compilePlan } from './compile-plan.js';

describe('compilePlan', () => {
  const plan = aPlan({
    nodes: {
      start: 'manual',
      each: 'loop',
      send: { type: 'http.request', disabled: true, position: [0, 90] },
      any: { type: 'core.merge', parameters: { mode: 'first', inputs: 3 } },
    },
    connections: [
      'start -> each',
      'each:loop -> send',
      'send -> each:next',
      'each:done -> any:in2',
      'start -> any:in1',
    ],
  });

  it('knows nodes by index, with role, traits and ports', () => {
    expect(plan.nodes.map((node) => [node.index, node.id, node.role])).toEqual([
      [0, 'start', 'plain'],
      [1, 'each', 'loop'],
      [2, 'send', 'plain'],
      [3, 'any', 'merge'],
    ]);
    expect(plan.nodes[0]!.isTrigger).toBe(true);
    expect(plan.nodes[1]!.loop).toEqual({ mode: 'batches', entryPort: 'main' });
    expect(plan.nodes[2]).toMatchObject({ effect: 'write', weight: 'heavy', work: 'perItem', disabled: true });
    expect(plan.nodes[3]).toMatchObject({ mergeMode: 'first', inputs: ['in1', 'in2', 'in3'], incoming: [3, 4] });
    expect(plan.indexById.get('send')).toBe(2);
  });

  it('lists connections in document order, a doubled one once', () => {
    expect(plan.nodes[0]!.outgoing).toEqual([0, 4]);
    const doubled = aPlan({ nodes: { a: 'manual', b: 'noop' }, connections: ['a -> b', 'a:main -> b:main'] });
    expect(doubled.edges).toHaveLength(1);
  });

  it('orders nodes by position from top to bottom, then left to right, then as written', () => {
    const ranked = aPlan({
      nodes: { d: { position: [0, 10] }, c: { position: [5, 0] }, b: 'noop', a: 'noop', z: { position: [-5, 0] } },
      connections: [],
    });
    expect([...ranked.nodes].sort((x, y) => x.rank - y.rank).map((node) => node.id)).toEqual(['z', 'b', 'a', 'c', 'd']);
  });

  it('tells a way into a loop by next from a way back to it', () => {
    const loops = aPlan({
      nodes: { start: 'manual', each: 'loop', body: 'noop', after: 'noop' },
      connections: [
        'start -> each:next',
        'each:loop -> body',
        'body -> each:next',
        'each:done -> after',
        'after -> each:next',
      ],
    });
    expect(loops.edges.map((edge) => edge.entersLoop)).toEqual([true, false, false, false, false]);
  });

  it('refuses what cannot run, and says which', () => {
    const refused = (graph: Parameters<typeof aDocument>[0]) => () => compilePlan(aDocument(graph), describeForTests);
    expect(refused({ nodes: { a: { type: 'gone.thing' } }, connections: [] })).toThrow('gone.thing');
    expect(refused({ nodes: { a: 'noop' }, connections: ['a -> b'] })).toThrow('from a to b');
    expect(refused({ nodes: { a: 'noop', b: { id: 'a' } }, connections: [] })).toThrow('Two nodes have the id a');
  });

  it('asks for the version a node names', () => {
    const asked: unknown[] = [];
    const document = aDocument({ nodes: { a: { typeVersion: 4 }, b: 'noop' }, connections: [] });
    compilePlan(document, (type, version) => {
      asked.push(version);
      return describeForTests(type);
    });
    expect(asked).toEqual([4, undefined]);
  });

  it('takes a document of 5,000 nodes in a row', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const long = aPlan({
      nodes: Object.fromEntries(ids.map((id) => [id, 'noop'])),
      connections: ids.slice(1).map((id, index) => `n${index} -> ${id}`),
    });
    expect(long.edges).toHaveLength(4_999);
  });
});
