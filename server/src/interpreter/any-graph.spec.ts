import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCycles } from '../plan/find-cycles.js';
import type { CompiledPlan } from '../plan/plan.types.js';
import { apply } from './apply.js';
import { aDocument, aPlan } from './graph.test-support.js';
import {
  chooserFor,
  mix,
  outcomesFor,
  racingGraph,
  randomGraph,
  type RandomGraph,
} from './random-graphs.test-support.js';
import type { RunEvent, StepVisit } from './run-events.types.js';
import { refold, simulate, type Played, type Simulation } from './simulate.test-support.js';
import { snapshot } from './snapshot.test-support.js';

const seed = fc.nat(1_000_000);
const many = { numRuns: 300 };

function play(graph: RandomGraph, outcomes: number, order: number, more: Simulation = {}): Played {
  return simulate(aPlan(graph), { outcomes: outcomesFor(graph, outcomes), choose: chooserFor(order), ...more });
}

/** What must not depend on the order in which steps end: who was visited, with what, and the result. */
function essence({ visits, result, status }: Played): unknown {
  const described = visits.map(({ key, nodeId, iteration, inputs }) => ({ key, nodeId, iteration, inputs }));
  return { status, result, visits: described.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

describe('any graph without knots', { timeout: 120_000 }, () => {
  it('is drawn so that the validator accepts it', () => {
    const knots = fc.sample(randomGraph, 300).flatMap((graph) => findCycles(aDocument(graph)));
    expect(knots).toEqual([]);
  });

  it('ends well, and visits the same steps with the same inputs and result whatever ends first', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, seed, (graph, outcomes, one, other) => {
        const played = play(graph, outcomes, one);
        expect(played.status).toBe('succeeded');
        expect(essence(play(graph, outcomes, other))).toEqual(essence(played));
      }),
      many,
    );
  });

  it('comes to the same one step at a time', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, (graph, outcomes, order) => {
        const sequential = play({ ...graph, branches: 'sequential' }, outcomes, 0, {
          watch: ({ open, stack }) => expect(stack.length === 0).toBe(open.size === 0),
        });
        expect(essence(sequential)).toEqual(essence(play(graph, outcomes, order)));
      }),
      many,
    );
  });

  it('makes no step twice and leaves nothing behind', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, (graph, outcomes, order) => {
        const { visits, state } = play(graph, outcomes, order);
        expect(new Set(visits.map((visit) => visit.key)).size).toBe(visits.length);
        expect([state.open.size, state.root.live.size, state.root.merges.size, state.intendedCount]).toEqual([
          0, 0, 0, 0,
        ]);
      }),
      many,
    );
  });

  it('loses no items on the way: what a connection carried is among the inputs of its target', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, (graph, outcomes, order) => {
        const { visits, events } = play(graph, outcomes, order);
        const arrived = new Set(visits.flatMap(arrivalsOf));
        expect(carriedIn(aPlan(graph), events).filter((arrival) => !arrived.has(arrival))).toEqual([]);
      }),
      many,
    );
  });

  it('is in the same state when its journal is folded again, at any time', () => {
    fc.assert(
      fc.property(
        randomGraph,
        seed,
        seed,
        fc.nat(60),
        fc.boolean(),
        (graph, outcomes, order, stopAfter, isSequential) => {
          const shots: unknown[] = [];
          const drawn: RandomGraph = { ...graph, branches: isSequential ? 'sequential' : 'parallel' };
          const watch: NonNullable<Simulation['watch']> = (state) =>
            shots.push(shots.length <= stopAfter ? snapshot(state) : 0);
          const { events } = play(drawn, outcomes, order, {
            watch,
            disturb: disturbances(order),
            ...unsteady(drawn, outcomes),
          });
          const length = Math.min(stopAfter, events.length - 1);
          expect(snapshot(refold(aPlan(drawn), events.slice(0, length + 1)))).toEqual(shots[length]);
        },
      ),
      many,
    );
  });

  it('comes to the same with retries, waits, pauses and owners that die', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, (graph, outcomes, order) => {
        const disturbed = play(graph, outcomes, order, { disturb: disturbances(order), ...unsteady(graph, outcomes) });
        expect(essence(disturbed)).toEqual(essence(play(graph, outcomes, 0)));
      }),
      many,
    );
  });

  it('takes no notice of an outcome that comes twice or too late', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, seed, (graph, outcomes, order, late) => {
        const { events } = play(graph, outcomes, order);
        const state = refold(aPlan(graph), events.slice(0, -1));
        const before = snapshot(state);
        const again = events.filter((event) => 'step' in event);
        if (again.length > 0) expect(apply(state, again[late % again.length]!)).toBe(false);
        expect(snapshot(state)).toEqual(before);
      }),
      many,
    );
  });

  it('visits nothing but what it would have visited when it is cancelled, whatever ends first', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, fc.nat(20), (graph, outcomes, order, when) => {
        let turn = 0;
        const disturb = (): RunEvent | undefined =>
          turn++ === when ? { type: 'run.cancelRequested', at: 0 } : undefined;
        const all = new Map(play(graph, outcomes, 0).visits.map((visit) => [visit.key, visit.inputs]));
        for (const { key, inputs } of play(graph, outcomes, order, { disturb }).visits)
          expect(inputs).toEqual(all.get(key));
      }),
      many,
    );
  });

  it('runs a merge that takes the first arrival once a round, with that one, whatever ends first', () => {
    fc.assert(
      fc.property(racingGraph, seed, seed, (graph, outcomes, order) => {
        const { visits, status, state } = play(graph, outcomes, order);
        expect([status, state.open.size, state.root.merges.size]).toEqual(['succeeded', 0, 0]);
        const merges = visits.filter(({ nodeId }) => isMerge(graph, nodeId));
        expect(merges.map(({ inputs }) => inputs.flatMap(({ arrivals }) => arrivals).length)).toEqual(
          merges.map(() => 1),
        );
        expect(new Set(visits.map(({ key }) => key)).size).toBe(visits.length);
      }),
      many,
    );
  });

  it('ends when it fails or is cancelled at any time', () => {
    fc.assert(
      fc.property(randomGraph, seed, seed, fc.nat(20), fc.boolean(), (graph, outcomes, order, when, isCancel) => {
        let turn = 0;
        const cancel = (): RunEvent | undefined =>
          turn++ === when ? { type: 'run.cancelRequested', at: 0 } : undefined;
        const steady = outcomesFor(graph, outcomes);
        const failing = Object.fromEntries(
          Object.entries(steady).map(([nodeId, outcome]) => [
            nodeId,
            (visit: StepVisit) =>
              mix(visit.key, order) % 20 === when ? { fail: { code: 'x', message: '' } } : outcome(visit),
          ]),
        );
        const { status, state } = play(graph, outcomes, order, isCancel ? { disturb: cancel } : { outcomes: failing });
        expect(['succeeded', isCancel ? 'cancelled' : 'failed']).toContain(status);
        expect(state.intendedCount).toBe(0);
      }),
      many,
    );
  });
});

function isMerge({ nodes }: RandomGraph, id: string): boolean {
  const node = nodes[id];
  return typeof node === 'object' && node.type === 'core.merge';
}

function arrivalsOf({ nodeId, inputs }: StepVisit): string[] {
  return inputs.flatMap(({ port, arrivals }) =>
    arrivals.map((arrival) => `${nodeId} ${port} ${arrival.step} ${arrival.port}`),
  );
}

/** What the connections carried, those to `next` of a loop left out. */
function carriedIn(plan: CompiledPlan, events: RunEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type !== 'step.succeeded') return [];
    return plan.nodes[plan.indexById.get(event.nodeId)!]!.outgoing.map((index) => plan.edges[index]!)
      .filter((edge) => edge.toPort !== 'next' && (event.outputs[edge.fromPort] ?? 0) > 0)
      .map((edge) => `${plan.nodes[edge.to]!.id} ${edge.toPort} ${event.step} ${edge.fromPort}`);
  });
}

/** Some steps fail at first or wait, and then come to what they would have come to. */
function unsteady(graph: RandomGraph, seedOfOutcomes: number): Pick<Simulation, 'outcomes'> {
  const steady = outcomesFor(graph, seedOfOutcomes);
  const outcomes: NonNullable<Simulation['outcomes']> = {};
  for (const [nodeId, outcome] of Object.entries(steady)) {
    outcomes[nodeId] = (visit, attempt) => {
      const dice = mix(visit.key, 7) % 4;
      if (dice === 0 && attempt < 3) return { retry: { code: 'x', message: '' } };
      return dice === 1 ? { wait: [{ kind: 'timer' }], after: outcome(visit) } : outcome(visit);
    };
  }
  return { outcomes };
}

function disturbances(seedOfTurns: number): NonNullable<Simulation['disturb']> {
  let turn = 0;
  return () => {
    const dice = mix(`${turn++}`, seedOfTurns) % 9;
    if (dice === 0) return { type: 'run.handedOver', at: 0, epoch: turn, host: 'queue', reason: 'test' };
    return dice === 1 ? { type: 'run.paused', at: 0, reason: 'test' } : undefined;
  };
}
