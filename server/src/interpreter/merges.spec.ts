import { describe, expect, it } from 'vitest';
import { aPlan } from './graph.test-support.js';
import { arrivedAt, simulate } from './simulate.test-support.js';

const last = (count: number): number => count - 1;

describe('merge', () => {
  const diamond = aPlan({
    nodes: { start: 'manual', a: 'if', b: 'noop', c: 'noop', both: 'merge', after: 'noop' },
    connections: ['start -> a', 'a:true -> b', 'a:false -> c', 'b -> both:in1', 'c -> both:in2', 'both -> after'],
  });

  it('waits for all inputs and runs once', () => {
    const { order, visits } = simulate(diamond, { outcomes: { a: { true: 2, false: 3 } } });
    expect(order).toEqual(['a', 'b', 'c', 'both', 'after']);
    const both = visits.find((visit) => visit.nodeId === 'both')!;
    expect([arrivedAt(both, 'in1'), arrivedAt(both, 'in2')]).toEqual([2, 3]);
  });

  it('runs with an empty input when a branch died because its port had no items', () => {
    const { order, visits } = simulate(diamond, { outcomes: { a: { true: 2 } } });
    expect(order).toEqual(['a', 'b', 'both', 'after']);
    expect(visits[2]!.inputs[1]).toEqual({ port: 'in2', arrivals: [] });
  });

  it('runs when a branch dies after the other has arrived', () => {
    const { ended } = simulate(diamond, { outcomes: { a: { true: 1, false: 1 }, c: { main: 0 } } });
    expect(ended).toEqual(['a', 'b', 'c', 'both', 'after']);
  });

  it('does not run when nothing arrives at all', () => {
    const { order, status } = simulate(diamond, { outcomes: { a: { true: 1, false: 1 }, b: {}, c: {} } });
    expect([order, status]).toEqual([['a', 'b', 'c'], 'succeeded']);
  });

  it('waits for a step that waits', () => {
    const { ended } = simulate(diamond, {
      outcomes: { a: { true: 1, false: 1 }, b: { wait: [{ kind: 'webhook' }] } },
      choose: last,
    });
    expect(ended.slice(-2)).toEqual(['both', 'after']);
  });

  it('waits for a merge that another merge feeds', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop', first: 'merge', second: 'merge' },
      connections: [
        'start -> a',
        'start -> b',
        'start -> c',
        'a -> first:in1',
        'b -> first:in2',
        'first -> second:in1',
        'c -> second:in2',
      ],
    });
    expect(simulate(plan, { choose: last }).order).toEqual(['a', 'b', 'c', 'first', 'second']);
  });

  it('does not wait for a loop of which only the body leads to it: that is joined round by round', () => {
    const plan = aPlan({
      nodes: { start: 'manual', side: 'noop', each: 'loop', both: 'merge' },
      connections: ['start -> side', 'start -> each', 'side -> both:in1', 'each:loop -> both:in2', 'both -> each:next'],
    });
    const { order, visits } = simulate(plan);
    expect(order).toEqual(['side', 'each', 'both', 'both', 'each']);
    expect(visits.filter((visit) => visit.nodeId === 'both').map((visit) => visit.iteration)).toEqual([[], [0]]);
  });

  it('puts the arrivals of one input in document order, whatever finished first', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', both: 'merge' },
      connections: ['start -> a', 'start -> b', 'b -> both:in1', 'a -> both:in1'],
    });
    const inputs = (choose: (count: number) => number) => simulate(plan, { choose }).visits.at(-1)!.inputs;
    expect(inputs(() => 0)).toEqual(inputs(last));
    expect(inputs(last)[0]!.arrivals).toHaveLength(2);
  });

  it('takes the first arrival and drops the rest in mode first', () => {
    const plan = aPlan({
      nodes: {
        start: 'manual',
        a: 'noop',
        b: 'noop',
        any: { type: 'core.merge', parameters: { mode: 'first' } },
        after: 'noop',
      },
      connections: ['start -> a', 'start -> b', 'a -> any:in1', 'b -> any:in2', 'any -> after'],
    });
    const { order, visits } = simulate(plan, { choose: last });
    expect(order.filter((node) => node === 'any')).toHaveLength(1);
    expect(visits.find((visit) => visit.nodeId === 'any')!.inputs.map((input) => input.arrivals.length)).toEqual([
      0, 1,
    ]);
  });
});
