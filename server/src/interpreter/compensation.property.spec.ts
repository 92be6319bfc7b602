import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompiledPlan } from '../plan/plan.types.js';
import { aPlan, type GraphInput } from './graph.test-support.js';
import { chooserFor, mix, outcomesFor, randomGraph, type RandomGraph } from './random-graphs.test-support.js';
import type { RunEvent, StepKey, StepVisit } from './run-events.types.js';
import { refold, simulate, type Outcome, type Played } from './simulate.test-support.js';
import { snapshot } from './snapshot.test-support.js';

const seed = fc.nat(1_000_000);
const many = { numRuns: 400 };

/** Every step of the graph but its trigger is undone by one of two nodes that nothing leads to. */
function withUndoers(graph: RandomGraph, branches: 'parallel' | 'sequential'): GraphInput {
  const nodes = Object.entries(graph.nodes).map(([id, node]): [string, GraphInput['nodes'][string]] => {
    if (node === 'manual') return [id, node];
    const whole = typeof node === 'string' ? { type: `core.${node}` } : node;
    return [id, { ...whole, compensateWith: mix(id, 1) % 2 === 0 ? 'undoSend' : 'undoNote' }];
  });
  return {
    nodes: { ...Object.fromEntries(nodes), undoSend: { type: 'http.request' }, undoNote: 'noop' },
    connections: graph.connections,
    branches,
  };
}

const definite = { code: 'http.status', message: 'no', status: 400 };
const silence = { code: 'step.timeout', message: 'no answer' };

/** What each step comes to; now and then it fails for good, after tries that may have been unknown. */
function failing(graph: RandomGraph, outcomes: number, failures: number) {
  const steady = outcomesFor(graph, outcomes);
  return Object.fromEntries(
    Object.entries(steady).map(([nodeId, outcome]) => [
      nodeId,
      (visit: StepVisit, attempt: number): Outcome => {
        const dice = mix(visit.key, failures) % 12;
        if (dice === 0) return { fail: definite };
        if (dice === 1) return { fail: silence };
        if (dice === 2) return attempt === 1 ? { retry: silence } : { fail: definite };
        if (dice === 3 && attempt === 1) return { retry: definite };
        return outcome(visit);
      },
    ]),
  );
}

interface Case {
  graph: RandomGraph;
  branches: 'parallel' | 'sequential';
  outcomes: number;
  failures: number;
  order: number;
  cancelAt: number;
}

const anyCase: fc.Arbitrary<Case> = fc.record({
  graph: randomGraph,
  branches: fc.constantFrom('parallel', 'parallel', 'sequential'),
  outcomes: seed,
  failures: seed,
  order: seed,
  cancelAt: fc.nat(30),
});

interface Undone {
  plan: CompiledPlan;
  played: Played;
  /** For each visit that undoes: when its first try was begun and when it ended, as numbers of looks at the run. */
  undone: Map<StepKey, { began: number; ended: number }>;
  shots: unknown[];
}

function play({ graph, branches, outcomes, failures, order, cancelAt }: Case): Undone {
  const plan = aPlan(withUndoers(graph, branches));
  const undone: Undone['undone'] = new Map();
  const shots: unknown[] = [];
  let turn = 0;
  const played = simulate(plan, {
    outcomes: {
      ...failing(graph, outcomes, failures),
      undoSend: (visit, attempt) => (mix(visit.key, order) % 3 === 0 && attempt < 3 ? { retry: silence } : { main: 1 }),
    },
    choose: chooserFor(order),
    disturb: (state) => {
      turn++;
      for (const { visit } of state.compensation.open)
        if (!undone.has(visit.undoes!)) undone.set(visit.undoes!, { began: turn, ended: Infinity });
      if (turn === cancelAt) return { type: 'run.cancelRequested', at: 0 };
      const isLost = mix(`${turn}`, order) % 9 === 0;
      return isLost ? { type: 'run.handedOver', at: 0, epoch: turn, host: 'queue', reason: 'test' } : undefined;
    },
    watch: (state, event) => {
      shots.push(snapshot(state));
      if (event.type !== 'step.succeeded') return;
      const step = state.visits.get(event.step)?.visit.undoes;
      if (step !== undefined) undone.get(step)!.ended = turn;
    },
  });
  return { plan, played, undone, shots };
}

/** What has to be undone, told from the journal alone. */
function toUndo({ events }: Played, plan: CompiledPlan): Set<StepKey> {
  const wanted = new Set<StepKey>();
  const doubtful = new Set<StepKey>();
  const open = new Set<StepKey>();
  const isForward = (nodeId: string): boolean => plan.nodes[plan.indexById.get(nodeId)!]!.compensatedBy !== undefined;
  for (const event of events) {
    if (event.type === 'run.handedOver') for (const step of open) doubtful.add(step);
    if (!('nodeId' in event) || !isForward(event.nodeId)) continue;
    if (event.type === 'step.intended') open.add(event.step);
    else open.delete(event.step);
    if ('error' in event && event.error?.code === silence.code) doubtful.add(event.step);
    if (event.type === 'step.succeeded') wanted.add(event.step);
  }
  const succeeded = (step: StepKey): boolean => wanted.has(step);
  for (const step of doubtful) if (!succeeded(step)) wanted.add(step);
  return wanted;
}

/** Steps and those they got items from, over any number of steps. */
function causes(visits: readonly StepVisit[]): (of: StepKey) => Set<StepKey> {
  const inputs = new Map(visits.map((visit) => [visit.key, visit.inputs.flatMap(({ arrivals }) => arrivals)]));
  return (of) => {
    const found = new Set([of]);
    for (const step of found) for (const arrival of inputs.get(step) ?? []) found.add(arrival.step);
    found.delete(of);
    return found;
  };
}

describe('the undoing of any run', { timeout: 120_000 }, () => {
  it('undoes every finished or unknown visit exactly once when a run does not end well, and nothing when it does', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const { plan, played, undone } = play(each);
        const undoing = played.visits.filter(({ undoes }) => undoes !== undefined);
        expect(new Set(undoing.map(({ key }) => key)).size).toBe(undoing.length);
        const wanted = played.status === 'succeeded' ? new Set() : toUndo(played, plan);
        expect(new Set(undoing.map(({ undoes }) => undoes))).toEqual(wanted);
        for (const { ended } of undone.values()) expect(ended).toBeLessThan(Infinity);
        expect(played.state.finished?.compensation).toBe(undoing.length > 0 ? 'done' : undefined);
      }),
      many,
    );
  });

  it('undoes nothing before all that was made from it is undone', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const { played, undone } = play(each);
        const causesOf = causes(played.visits);
        const tooEarly = [...undone].filter(([later, { ended }]) =>
          [...causesOf(later)].some((earlier) => (undone.get(earlier)?.began ?? Infinity) < ended),
        );
        expect(tooEarly).toEqual([]);
      }),
      many,
    );
  });

  it('undoes one after the other, the last one first, where branches run one after the other', () => {
    fc.assert(
      fc.property(anyCase, (each) => {
        const { played } = play({ ...each, branches: 'sequential' });
        const ended = played.events.flatMap((event) => (isEnd(event) ? [event.step] : []));
        const undoing = played.visits.flatMap(({ undoes }) => (undoes === undefined ? [] : [ended.indexOf(undoes)]));
        const known = undoing.filter((index) => index >= 0);
        expect(known).toEqual([...known].sort((a, b) => b - a));
      }),
      many,
    );
  });

  it('is in the same state when its journal is read again', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(60), (each, stopAfter) => {
        const { plan, played, shots } = play(each);
        const length = Math.min(stopAfter, played.events.length - 1);
        expect(snapshot(refold(plan, played.events.slice(0, length + 1)))).toEqual(shots[length]);
      }),
      many,
    );
  });
});

function isEnd(event: RunEvent): event is Extract<RunEvent, { type: 'step.succeeded' | 'step.failed' }> {
  return event.type === 'step.succeeded' || event.type === 'step.failed';
}
