import { describe, expect, it } from 'vitest';
import { aPlan } from './graph.test-support.js';
import { latestVisitOf, upstreamVisit } from './queries.js';
import type { StepVisit } from './run-events.types.js';
import { simulate } from './simulate.test-support.js';

const last = (count: number): number => count - 1;

describe('result', () => {
  it('is the visit of the final node', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'noop', b: 'noop' }, connections: ['start -> a', 'a -> b'] });
    const { result, visits } = simulate(plan);
    expect(result).toEqual({ nodeId: 'b', step: visits[1]!.key });
  });

  it('is that of the final node latest in the document, whatever finished last', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'noop', b: 'noop' }, connections: ['start -> a', 'start -> b'] });
    expect(simulate(plan).result?.nodeId).toBe('b');
    expect(simulate(plan, { choose: last }).result?.nodeId).toBe('b');
  });

  it('is that of a node whose connections carried nothing', () => {
    const plan = aPlan({ nodes: { start: 'manual', a: 'if', b: 'noop' }, connections: ['start -> a', 'a:true -> b'] });
    expect(simulate(plan, { outcomes: { a: {} } }).result?.nodeId).toBe('a');
  });

  it('is the last visit by path where a node was visited several times', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop' },
      connections: ['start -> a', 'start -> b', 'a -> c', 'b -> c'],
    });
    const stepOfB = (visits: StepVisit[]) => visits.find((visit) => visit.nodeId === 'b')!.key;
    for (const choose of [() => 0, last]) {
      const { result, visits } = simulate(plan, { choose });
      expect(visits.find((visit) => visit.key === result?.step)!.inputs[0]!.arrivals[0]!.step).toBe(stepOfB(visits));
    }
  });

  it('is what a loop emitted by done where nothing follows', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', body: 'noop' },
      connections: ['start -> each', 'each:loop -> body', 'body -> each:next'],
    });
    const { result, visits } = simulate(plan);
    expect(result).toEqual({ nodeId: 'each', step: visits.at(-1)!.key });
  });

  it('comes from a visit that sent nothing on where each node sent something on', () => {
    const plan = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', c: 'noop', end: 'noop' },
      connections: ['start -> a', 'start -> b', 'a -> c', 'b -> c', 'c -> end'],
    });
    const outcomes = { end: { fail: { code: 'x', message: '' } } };
    expect(simulate(plan, { outcomes }).result).toBeUndefined();
    const c = (visit: StepVisit) => (visit.visit === 0 ? { main: 1 } : {});
    expect(simulate(plan, { outcomes: { c } }).result?.nodeId).toBe('end');
  });
});

describe('what is upstream', () => {
  const plan = aPlan({
    nodes: { start: 'manual', a: 'noop', each: 'loop', body: 'noop', inside: 'noop', after: 'noop', side: 'noop' },
    connections: [
      'start -> a',
      'start -> side',
      'a -> each',
      'each:loop -> body',
      'body -> inside',
      'inside -> each:next',
      'each:done -> after',
    ],
  });

  it('is found over the inputs, out of an open round too', () => {
    const found: (string | undefined)[] = [];
    const { visits } = simulate(plan, {
      watch: (state, event) => {
        if (event.type !== 'step.succeeded' || event.nodeId !== 'body') return;
        const inside = [...state.open.values()].find(({ visit }) => visit.nodeId === 'inside')!.visit.key;
        found.push(...['a', 'body', 'side'].map((nodeId) => upstreamVisit(state, inside, nodeId)));
      },
    });
    const keyOf = (nodeId: string) => visits.find((visit) => visit.nodeId === nodeId)!.key;
    expect(found).toEqual([keyOf('a'), keyOf('body'), undefined]);
  });

  it('is still known by its latest visit when its round has ended', () => {
    const { state, visits } = simulate(plan, { start: { nodeId: 'start', as: 'trigger', count: 2 } });
    const after = visits.find((visit) => visit.nodeId === 'after')!.key;
    expect(upstreamVisit(state, after, 'inside')).toBeUndefined();
    expect(latestVisitOf(state, 'inside')).toBe(visits.filter((visit) => visit.nodeId === 'inside').at(-1)!.key);
  });
});
