import { describe, expect, it } from 'vitest';
import { aDocument } from '../interpreter/graph.test-support.js';
import { findCycles } from './find-cycles.js';

const cyclesOf = (nodes: Record<string, string>, connections: string[]): string[][] =>
  findCycles(aDocument({ nodes, connections }));

describe('findCycles', () => {
  it('finds nothing in a graph that leads forward', () => {
    expect(cyclesOf({ a: 'manual', b: 'if', c: 'merge' }, ['a -> b', 'b:true -> c:in1', 'b:false -> c:in2'])).toEqual(
      [],
    );
  });

  it('finds a circle and a node that feeds itself', () => {
    expect(cyclesOf({ a: 'noop', b: 'noop', c: 'noop', d: 'noop' }, ['b -> a', 'a -> b', 'b -> c', 'd -> d'])).toEqual([
      ['a', 'b'],
      ['d'],
    ]);
  });

  it('allows the way back to a loop by its port next, and no other', () => {
    const loop = { a: 'manual', each: 'loop', body: 'noop' };
    expect(cyclesOf(loop, ['a -> each', 'each:loop -> body', 'body -> each:next'])).toEqual([]);
    expect(cyclesOf(loop, ['a -> each', 'each:loop -> body', 'body -> each:main'])).toEqual([['each', 'body']]);
    expect(cyclesOf({ a: 'noop', b: 'noop' }, ['a -> b', 'b -> a:next'])).toEqual([['a', 'b']]);
  });

  it('leaves out connections of nodes that are not there', () => {
    expect(cyclesOf({ a: 'noop' }, ['a -> gone', 'gone -> a'])).toEqual([]);
  });

  it('does not overflow on 5,000 nodes in a circle', () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
    const connections = ids.map((id, index) => `${id} -> n${(index + 1) % ids.length}`);
    expect(cyclesOf(Object.fromEntries(ids.map((id) => [id, 'noop'])), connections)).toEqual([ids]);
  });
});
