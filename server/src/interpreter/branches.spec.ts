import { describe, expect, it } from 'vitest';
import { aPlan } from './graph.test-support.js';
import { simulate } from './simulate.test-support.js';

describe('branches', () => {
  it('runs what follows a trigger with its items', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'noop', b: 'noop' }, connections: ['start -> a', 'a -> b'] });
    const { order, status, visits } = simulate(plan, { start: { nodeId: 'start', as: 'trigger', count: 3 } });
    expect(order).toEqual(['a', 'b']);
    expect(status).toBe('succeeded');
    expect(visits[0]!.inputs).toEqual([
      { port: 'main', arrivals: [{ step: expect.any(String), port: 'main', count: 3 }] },
    ]);
  });

  it('runs nothing after a port without items', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'if', yes: 'noop', no: 'noop' },
      connections: ['start -> a', 'a:true -> yes', 'a:false -> no'],
    });
    expect(simulate(plan, { outcomes: { a: { false: 2 } } }).order).toEqual(['a', 'no']);
  });

  it('ends well when a trigger has nothing to send', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'noop' }, connections: ['start -> a'] });
    const { order, status, result } = simulate(plan, { start: { nodeId: 'start', as: 'trigger', count: 0 } });
    expect([order, status, result?.nodeId]).toEqual([[], 'succeeded', 'start']);
  });

  it('begins all branches of a port at once, in the order of the connections', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop' },
      connections: ['start -> c', 'start -> a', 'start -> b'],
    });
    expect(simulate(plan).order).toEqual(['c', 'a', 'b']);
  });

  it('runs a node once per arrival when several connections end in one port', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop', after: 'noop' },
      connections: ['start -> a', 'start -> b', 'a -> c', 'b -> c', 'c -> after'],
    });
    const { order, visits } = simulate(plan);
    expect(order).toEqual(['a', 'b', 'c', 'c', 'after', 'after']);
    expect(new Set(visits.map((visit) => visit.key)).size).toBe(6);
    expect(visits.filter((visit) => visit.nodeId === 'c').map((visit) => visit.visit)).toEqual([0, 1]);
  });

  it('carries items once over a connection drawn twice', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'noop' }, connections: ['start -> a', 'start -> a'] });
    expect(simulate(plan).order).toEqual(['a']);
  });

  it('gives a visit the same key whatever finished first', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop' },
      connections: ['start -> a', 'start -> b', 'a -> c', 'b -> c'],
    });
    const keys = (choose: (count: number) => number): string[] =>
      simulate(plan, { choose })
        .visits.map((v) => v.key)
        .sort();
    expect(keys(() => 0)).toEqual(keys((count) => count - 1));
  });

  it('goes one step at a time and depth first by position when branches are sequential', () => {
    const plan = aPlan({
      branches: 'sequential',
      nodes: {
        start: 'manual',
        low: { position: [1, 50] },
        lowAfter: { position: [2, 50] },
        high: { position: [1, 0] },
        highAfter: { position: [2, 0] },
        left: { position: [0, 20] },
        right: { position: [9, 20] },
      },
      connections: [
        'start -> low',
        'start -> right',
        'start -> left',
        'start -> high',
        'low -> lowAfter',
        'high -> highAfter',
      ],
    });
    const { order } = simulate(plan);
    expect(order).toEqual(['high', 'highAfter', 'left', 'right', 'low', 'lowAfter']);
  });

  it('lets a wait hold up the other branches only when branches are sequential', () => {
    const graph = { nodes: { start: 'manual', a: 'wait', b: 'noop' }, connections: ['start -> a', 'start -> b'] };
    const outcomes = { a: { wait: [{ kind: 'timer' as const, until: 5 }] } };
    expect(simulate(aPlan({ ...graph, branches: 'sequential' }), { outcomes }).ended).toEqual(['a', 'a', 'b']);
    expect(simulate(aPlan(graph), { outcomes }).ended).toEqual(['a', 'b', 'a']);
  });

  it('runs only the node to stop at and what leads to it', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', side: 'noop', goal: 'noop', after: 'noop' },
      connections: ['start -> a', 'a -> side', 'a -> goal', 'goal -> after', 'start -> side'],
    });
    const { order, result } = simulate(plan, { stopAt: 'goal' });
    expect(order).toEqual(['a', 'goal']);
    expect(result?.nodeId).toBe('goal');
  });

  it('starts in the middle with items as input', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop' },
      connections: ['start -> a', 'a -> b', 'b -> c'],
    });
    const { order, visits } = simulate(plan, { start: { nodeId: 'b', as: 'input', count: 4 } });
    expect(order).toEqual(['b', 'c']);
    expect(visits[0]!.inputs).toEqual([{ port: 'main', arrivals: [{ step: 'input', port: 'main', count: 4 }] }]);
  });

  it('starts at a merge and at a loop with items as input', () => {
    const plan = aPlan({
      nodes: { both: 'merge', each: 'loop', body: 'noop' },
      connections: ['both -> each', 'each:loop -> body', 'body -> each:next'],
    });
    const merge = simulate(plan, { start: { nodeId: 'both', as: 'input', count: 2 } });
    expect(merge.order).toEqual(['both', 'each', 'body', 'each', 'body', 'each']);
    expect(merge.visits[0]!.inputs.map((input) => [input.port, input.arrivals.length])).toEqual([
      ['in1', 1],
      ['in2', 0],
    ]);
    expect(simulate(plan, { start: { nodeId: 'each', as: 'input', count: 1 } }).order).toEqual([
      'each',
      'body',
      'each',
    ]);
  });
});
