import { describe, expect, it } from 'vitest';
import { apply } from './apply.js';
import { aPlan, type GraphInput } from './graph.test-support.js';
import { nextCommands } from './next.js';
import { isStopping, openVisits, statusOf } from './queries.js';
import type { RunEvent } from './run-events.types.js';
import { createRunState, type RunState } from './run-state.js';
import { simulate } from './simulate.test-support.js';

const error = { code: 'boom', message: 'Boom.' };
const fan: GraphInput = {
  nodes: { start: 'manual', a: { type: 'http.request' }, b: { type: 'http.request' }, c: 'noop', after: 'noop' },
  connections: ['start -> a', 'start -> b', 'start -> c', 'a -> after', 'b -> after', 'c -> after'],
};

function begun(graph: GraphInput = fan): RunState {
  const state = createRunState(aPlan(graph));
  apply(state, { type: 'run.created', at: 0, mode: 'production', start: { nodeId: 'start', as: 'trigger', count: 1 } });
  return state;
}

function factOf(state: RunState, nodeId: string) {
  const { visit, attempt } = openVisits(state).find((open) => open.visit.nodeId === nodeId)!;
  return { step: visit.key, nodeId, iteration: visit.iteration, attempt };
}

const intend = (state: RunState, nodeId: string): boolean =>
  apply(state, { type: 'step.intended', at: 1, claim: nodeId, ...factOf(state, nodeId) });
const outcome = (state: RunState, nodeId: string, claim?: string): RunEvent => ({
  type: 'step.succeeded',
  startedAt: 1,
  endedAt: 1,
  status: 'succeeded',
  outputs: { main: 1 },
  ...factOf(state, nodeId),
  ...(claim && { claim }),
});
const fail = (state: RunState, nodeId: string, claim?: string, code = 'boom'): boolean =>
  apply(state, {
    type: 'step.failed',
    startedAt: 1,
    endedAt: 1,
    error: { ...error, code },
    ...factOf(state, nodeId),
    ...(claim && { claim }),
  });

describe('a step that fails for good', () => {
  it('ends the run as failed with its error and no result', () => {
    const { status, state } = simulate(aPlan(fan), { outcomes: { c: { fail: error } }, choose: (count) => count - 1 });
    expect(status).toBe('failed');
    expect(state.finished).toEqual({ status: 'failed', error: { ...error, nodeId: 'c' } });
  });

  it('lets no new step start, and waits for those that were begun under a claim', () => {
    const state = begun();
    intend(state, 'a');
    fail(state, 'c');
    expect(isStopping(state)).toBe(true);
    expect(nextCommands(state)).toEqual([]);
    apply(state, outcome(state, 'a', 'a'));
    expect(nextCommands(state)).toEqual([{ kind: 'finish', status: 'failed', error: { ...error, nodeId: 'c' } }]);
    expect(openVisits(state).map((open) => open.visit.nodeId)).toEqual(['b']);
  });

  it('refuses the claim of a step that was not begun', () => {
    const state = begun();
    fail(state, 'c');
    expect(intend(state, 'a')).toBe(false);
  });

  it('keeps the first error when several steps fail', () => {
    const state = begun();
    intend(state, 'a');
    fail(state, 'c', undefined, 'first');
    fail(state, 'a', 'a', 'second');
    expect(nextCommands(state)).toMatchObject([{ kind: 'finish', error: { code: 'first' } }]);
  });

  it('drops open waits and retries', () => {
    const state = begun();
    apply(state, { type: 'step.waiting', at: 1, startedAt: 1, waits: [{ kind: 'webhook' }], ...factOf(state, 'a') });
    apply(state, { type: 'step.retrying', startedAt: 1, endedAt: 1, error, dueAt: 9, ...factOf(state, 'b') });
    fail(state, 'c');
    expect(nextCommands(state)).toMatchObject([{ kind: 'finish', status: 'failed' }]);
    expect(openVisits(state)).toEqual([]);
  });

  it('does not try a running step again', () => {
    const state = begun();
    intend(state, 'a');
    const fact = factOf(state, 'a');
    fail(state, 'c');
    apply(state, { type: 'step.retrying', startedAt: 1, endedAt: 1, error, dueAt: 9, claim: 'a', ...fact });
    expect(nextCommands(state)).toMatchObject([{ kind: 'finish' }]);
  });

  it('gives a step begun by an owner that is gone to the new one, so that the run can end', () => {
    const state = begun();
    intend(state, 'a');
    fail(state, 'c');
    apply(state, { type: 'run.handedOver', at: 1, epoch: 2, host: 'queue', reason: 'test' });
    expect(nextCommands(state)).toMatchObject([{ kind: 'step', claim: 'a' }]);
    apply(state, { type: 'step.cancelled', at: 1, ...factOf(state, 'a') });
    expect(nextCommands(state)).toMatchObject([{ kind: 'finish', status: 'failed' }]);
  });
});

describe('cancel', () => {
  const cancel: RunEvent = { type: 'run.cancelRequested', at: 1 };

  it('waits for begun steps and ends the run as cancelled', () => {
    const state = begun();
    intend(state, 'a');
    apply(state, cancel);
    expect(nextCommands(state)).toEqual([]);
    apply(state, { type: 'step.cancelled', at: 1, ...factOf(state, 'a') });
    expect(nextCommands(state)).toEqual([{ kind: 'finish', status: 'cancelled' }]);
  });

  it('ends a run that only waits at once', () => {
    const state = begun({ nodes: { start: 'manual', a: 'wait' }, connections: ['start -> a'] });
    apply(state, {
      type: 'step.waiting',
      at: 1,
      startedAt: 1,
      waits: [{ kind: 'timer', until: 5 }],
      ...factOf(state, 'a'),
    });
    apply(state, cancel);
    expect(nextCommands(state)).toEqual([{ kind: 'finish', status: 'cancelled' }]);
  });

  it('has no say once the run fails, is cancelled or has done all its work', () => {
    const failing = begun();
    fail(failing, 'c');
    expect(apply(failing, cancel)).toBe(false);
    const done = begun({ nodes: { start: 'manual' }, connections: [] });
    apply(done, cancel);
    expect(nextCommands(done)).toMatchObject([{ kind: 'finish', status: 'succeeded' }]);
  });

  it('ends a paused run', () => {
    const state = begun();
    apply(state, { type: 'run.paused', at: 1, reason: 'poison' });
    apply(state, cancel);
    expect(nextCommands(state)).toEqual([{ kind: 'finish', status: 'cancelled' }]);
  });
});

describe('pause', () => {
  it('asks for nothing until the run is resumed, but takes outcomes', () => {
    const state = begun();
    intend(state, 'a');
    apply(state, { type: 'run.paused', at: 1, reason: 'poison' });
    expect([statusOf(state), nextCommands(state)]).toEqual(['paused', []]);
    expect(apply(state, outcome(state, 'a', 'a'))).toBe(true);
    expect(nextCommands(state)).toEqual([]);
    apply(state, { type: 'run.resumed', at: 2 });
    expect(nextCommands(state).map((command) => 'visit' in command && command.visit.nodeId)).toEqual([
      'b',
      'c',
      'after',
    ]);
  });

  it('cannot be ended where there is none', () => {
    expect(apply(begun(), { type: 'run.resumed', at: 2 })).toBe(false);
  });
});

describe('status', () => {
  it('goes from pending over running to the end', () => {
    const state = begun({ nodes: { start: 'manual', a: 'noop' }, connections: ['start -> a'] });
    const seen = [statusOf(createRunState(state.plan)), statusOf(state)];
    apply(state, outcome(state, 'a'));
    seen.push(statusOf(state));
    apply(state, { type: 'run.finished', at: 3, status: 'succeeded' });
    expect([...seen, statusOf(state)]).toEqual(['pending', 'pending', 'running', 'succeeded']);
  });

  it('is running as long as anything but waits is left', () => {
    const state = begun();
    for (const node of ['a', 'b', 'c']) {
      apply(state, { type: 'step.waiting', at: 1, startedAt: 1, waits: [{ kind: 'webhook' }], ...factOf(state, node) });
      expect(statusOf(state)).toBe(node === 'c' ? 'waiting' : 'running');
    }
  });

  it('hands out no more commands than asked for', () => {
    expect(nextCommands(begun(), 2)).toHaveLength(2);
  });
});

describe('an event that this version does not know', () => {
  it('is not guessed at', () => {
    const state = begun();
    const ofStep = { type: 'step.dreamt', at: 2, ...factOf(state, 'a') } as unknown as RunEvent;
    const ofRun = { type: 'run.dreamt', at: 2 } as unknown as RunEvent;
    for (const event of [ofStep, ofRun]) expect(() => apply(state, event)).toThrow(/does not know/);
    expect(openVisits(state)).toHaveLength(3);
  });
});
