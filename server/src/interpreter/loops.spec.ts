import { describe, expect, it } from 'vitest';
import { aPlan } from './graph.test-support.js';
import type { StepVisit } from './run-events.types.js';
import { arrivedAt, simulate, type Simulation } from './simulate.test-support.js';

const three: Simulation = { start: { nodeId: 'start', as: 'trigger', count: 3 } };
const last = (count: number): number => count - 1;
const visitsOf = (visits: StepVisit[], nodeId: string) => visits.filter((visit) => visit.nodeId === nodeId);

describe('loop in batches', () => {
  const plan = aPlan({
    nodes: { start: 'manual', each: 'loop', body: 'noop', after: 'noop' },
    connections: ['start -> each', 'each:loop -> body', 'body -> each:next', 'each:done -> after'],
  });

  it('sends each batch through the body and all that came back to done', () => {
    const { order, visits } = simulate(plan, three);
    expect(order).toEqual(['each', 'body', 'each', 'body', 'each', 'body', 'each', 'after']);
    expect(arrivedAt(visits.at(-1)!, 'main')).toBe(3);
  });

  it('numbers the rounds in the iteration of the body and in the visit of the loop', () => {
    const { visits } = simulate(plan, three);
    expect(visitsOf(visits, 'body').map((visit) => visit.iteration)).toEqual([[0], [1], [2]]);
    expect(visitsOf(visits, 'each').map((visit) => [visit.iteration, visit.visit])).toEqual(
      [0, 1, 2, 3].map((n) => [[], n]),
    );
  });

  it('gives every visit the items that came in, and what came back to the one that ends it', () => {
    const { visits } = simulate(plan, three);
    const each = visitsOf(visits, 'each');
    expect(each.map((visit) => [arrivedAt(visit, 'main'), arrivedAt(visit, 'next')])).toEqual([
      [3, 0],
      [3, 0],
      [3, 0],
      [3, 3],
    ]);
    expect(each.at(-1)!.inputs[1]!.arrivals.map((arrival) => arrival.step)).toEqual(
      visitsOf(visits, 'body').map((v) => v.key),
    );
  });

  it('goes on when nothing of a round reaches next', () => {
    const outcomes = { body: (visit: StepVisit) => (visit.iteration[0] === 1 ? {} : { main: 1 }) };
    const { order, visits } = simulate(plan, { ...three, outcomes });
    expect(order.filter((node) => node === 'body')).toHaveLength(3);
    expect(arrivedAt(visits.at(-1)!, 'main')).toBe(2);
  });

  it('ends when it emits nothing', () => {
    expect(simulate(plan, { outcomes: { each: {} } }).order).toEqual(['each']);
  });

  it('goes round with an empty body', () => {
    const empty = aPlan({
      nodes: { start: 'manual', each: 'loop', after: 'noop' },
      connections: ['start -> each', 'each:done -> after'],
    });
    expect(simulate(empty, { ...three, outcomes: { after: {} } }).order).toEqual(['each', 'each', 'each', 'each']);
  });

  it('passes by its rounds when it is disabled, as the step says', () => {
    const { order } = simulate(plan, { outcomes: { each: { done: 1 } } });
    expect(order).toEqual(['each', 'after']);
  });

  it('starts anew for each arrival', () => {
    const twice = aPlan({
      nodes: { start: 'manual', a: 'noop', b: 'noop', each: 'loop', body: 'noop' },
      connections: ['start -> a', 'start -> b', 'a -> each', 'b -> each', 'each:loop -> body', 'body -> each:next'],
    });
    const { visits } = simulate(twice);
    expect(visitsOf(visits, 'body')).toHaveLength(2);
    expect(new Set(visits.map((visit) => visit.key)).size).toBe(visits.length);
  });

  it('is entered by its next from outside of its body', () => {
    const stray = aPlan({
      nodes: { start: 'manual', each: 'loop', body: 'noop' },
      connections: ['start -> each:next', 'each:loop -> body', 'body -> each:next'],
    });
    expect(simulate(stray).order).toEqual(['each', 'body', 'each']);
  });

  it('is not entered by a step of its body that was started by itself', () => {
    expect(simulate(plan, { start: { nodeId: 'body', as: 'input', count: 1 } }).order).toEqual(['body']);
  });

  it('visits the loop once when the run is to stop at it, and its body when it is to stop behind it', () => {
    expect(simulate(plan, { ...three, stopAt: 'each' }).order).toEqual(['each']);
    expect(simulate(plan, { ...three, stopAt: 'after' }).order).toHaveLength(8);
  });
});

describe('a round', () => {
  it('ends only when no step of the body can run any more, those beside the way to next included', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', body: 'noop', log: 'noop' },
      connections: ['start -> each', 'each:loop -> body', 'each:loop -> log', 'body -> each:next'],
    });
    const { ended } = simulate(plan, { start: { nodeId: 'start', as: 'trigger', count: 2 } });
    expect(ended).toEqual(['each', 'body', 'log', 'each', 'body', 'log', 'each']);
  });

  it('waits for a step that waits', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', pause: 'wait' },
      connections: ['start -> each', 'each:loop -> pause', 'pause -> each:next'],
    });
    const { ended } = simulate(plan, { outcomes: { pause: { wait: [{ kind: 'timer', until: 1 }] } } });
    expect(ended).toEqual(['each', 'pause', 'pause', 'each']);
  });

  it('joins its own branches in its own merge', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', a: 'noop', b: 'noop', both: 'merge' },
      connections: [
        'start -> each',
        'each:loop -> a',
        'each:loop -> b',
        'a -> both:in1',
        'b -> both:in2',
        'both -> each:next',
      ],
    });
    const { visits, order } = simulate(plan, { ...three, choose: last });
    expect(
      visitsOf(visits, 'both').map((visit) => [visit.iteration, arrivedAt(visit, 'in1'), arrivedAt(visit, 'in2')]),
    ).toEqual([0, 1, 2].map((round) => [[round], 1, 1]));
    expect(order).toHaveLength(13);
  });

  it('holds rounds of its own when loops are nested', () => {
    const plan = aPlan({
      nodes: {
        start: 'manual',
        outer: { type: 'core.loop', parameters: { batchSize: 2 } },
        inner: 'loop',
        body: 'noop',
        after: 'noop',
      },
      connections: [
        'start -> outer',
        'outer:loop -> inner',
        'inner:loop -> body',
        'body -> inner:next',
        'inner:done -> outer:next',
        'outer:done -> after',
      ],
    });
    const { visits } = simulate(plan, three);
    expect(visitsOf(visits, 'body').map((visit) => visit.iteration)).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(arrivedAt(visits.at(-1)!, 'main')).toBe(3);
  });

  it('lets a step of an inner loop reach the next of the outer one', () => {
    const plan = aPlan({
      nodes: { start: 'manual', outer: 'loop', inner: 'loop', body: 'noop', after: 'noop' },
      connections: [
        'start -> outer',
        'outer:loop -> inner',
        'inner:loop -> body',
        'body -> outer:next',
        'outer:done -> after',
      ],
    });
    const { visits, status } = simulate(plan, three);
    expect(status).toBe('succeeded');
    expect(arrivedAt(visits.at(-1)!, 'main')).toBe(3);
  });

  it('keeps a merge behind the loop waiting until the loop is done', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', body: 'noop', side: 'noop', both: 'merge' },
      connections: [
        'start -> each',
        'start -> side',
        'each:loop -> body',
        'body -> each:next',
        'each:done -> both:in1',
        'side -> both:in2',
      ],
    });
    expect(simulate(plan, { ...three, choose: last }).order.at(-1)).toBe('both');
  });
});

describe('loop while a condition holds', () => {
  it('gives a visit what came back in the round before, and nothing older', () => {
    const plan = aPlan({
      nodes: {
        start: 'manual',
        again: { type: 'core.loop', parameters: { mode: 'while' } },
        body: 'noop',
        after: 'noop',
      },
      connections: ['start -> again', 'again:loop -> body', 'body -> again:next', 'again:done -> after'],
    });
    const outcomes = {
      again: (visit: StepVisit) => (visit.visit < 3 ? { loop: visit.visit + 1 } : { done: arrivedAt(visit, 'next') }),
    };
    const { visits } = simulate(plan, { outcomes });
    expect(visitsOf(visits, 'again').map((visit) => arrivedAt(visit, 'next'))).toEqual([0, 1, 2, 3]);
    expect(arrivedAt(visits.at(-1)!, 'main')).toBe(3);
  });
});

describe('a long loop', { timeout: 120_000 }, () => {
  it('forgets its rounds: the bookkeeping of the last is no larger than that of the first', () => {
    const plan = aPlan({
      nodes: { start: 'manual', each: 'loop', a: 'noop', both: 'merge', inner: 'loop', b: 'noop' },
      connections: [
        'start -> each',
        'each:loop -> a',
        'each:loop -> both:in2',
        'a -> both:in1',
        'both -> inner',
        'inner:loop -> b',
        'b -> inner:next',
        'inner:done -> each:next',
      ],
    });
    let most = 0;
    const outcomes = { both: { main: 1 } };
    const { state, status } = simulate(plan, {
      start: { nodeId: 'start', as: 'trigger', count: 10_000 },
      outcomes,
      maxEvents: 1_000_000,
      watch: ({ visits, open, root }) => {
        most = Math.max(most, visits.size, open.size, root.visits.size, root.live.size, root.visitCounts.size);
      },
    });
    expect(status).toBe('succeeded');
    expect(most).toBeLessThanOrEqual(10);
    expect(state.visits.size).toBeLessThanOrEqual(2);
  });
});
