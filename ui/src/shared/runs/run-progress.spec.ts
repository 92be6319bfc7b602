import { expect, it } from 'vitest';
import type { RunEvent } from '../../api/run-event.js';
import { advance, noProgress, withSteps } from './run-progress.js';

const after = (...events: RunEvent[]) => events.reduce(advance, noProgress);
const fact = { step: 's1', nodeId: 'a', iteration: [], attempt: 1 };
const error = { code: 'http.status', message: 'answered 503' };

it('adds up the items of all visits per port', () => {
  const progress = after(
    { type: 'step.succeeded', ...fact, startedAt: 0, endedAt: 5, status: 'succeeded', outputs: { true: 2 } },
    {
      type: 'step.succeeded',
      ...fact,
      step: 's2',
      startedAt: 5,
      endedAt: 9,
      status: 'succeeded',
      outputs: { true: 1, false: 4 },
    },
  );
  expect(progress.steps['a']).toMatchObject({ itemsOut: { true: 3, false: 4 }, stepIds: ['s1', 's2'], workedMs: 9 });
});

it('shows that a step was done only after retries', () => {
  const progress = after(
    { type: 'step.retrying', ...fact, startedAt: 0, endedAt: 1, error, dueAt: 100 },
    {
      type: 'step.succeeded',
      ...fact,
      attempt: 2,
      startedAt: 100,
      endedAt: 101,
      status: 'succeeded',
      outputs: { main: 1 },
    },
  );
  expect(progress.steps['a']).toMatchObject({ status: 'doneAfterRetries', attempt: 2, retries: 1 });
});

it('counts the items a trigger brought with the run', () => {
  const progress = after({ type: 'run.created', at: 0, start: { nodeId: 't', as: 'trigger', count: 3 } });
  expect(progress.steps['t']).toMatchObject({ status: 'succeeded', itemsOut: { main: 3 } });
});

it('leaves no step running when the run has ended', () => {
  const progress = after(
    { type: 'step.intended', ...fact, at: 0 },
    { type: 'run.finished', at: 1, status: 'cancelled' },
  );
  expect(progress.steps['a']?.status).toBe('cancelled');
  expect(progress.status).toBe('cancelled');
});

it('keeps the objects of steps an event does not touch', () => {
  const one = after({ type: 'step.intended', ...fact, at: 0 });
  const two = advance(one, { type: 'step.intended', ...fact, step: 's9', nodeId: 'b', at: 1 });
  expect(two.steps['a']).toBe(one.steps['a']);
});

it('adds visits that only the run itself knows', () => {
  const created = after({ type: 'run.created', at: 0, start: { nodeId: 't', as: 'trigger', count: 3 } });
  const step = { id: 'x', nodeId: 't', name: 'T', iteration: [], visit: 0, attempt: 1, status: 'succeeded' as const };
  const merged = withSteps(created, [{ ...step, startedAt: null, endedAt: null, itemCounts: { in: 0, out: 3 } }]);
  expect(merged.steps['t']).toMatchObject({ stepIds: ['x'], itemsOut: { main: 3 } });
});

it('shows that a step was undone', () => {
  const done = { startedAt: 0, endedAt: 1, status: 'succeeded' as const, outputs: { main: 1 } };
  const progress = after({ type: 'step.succeeded', ...fact, ...done });
  const step = { iteration: [], visit: 0, attempt: 1, startedAt: null, endedAt: null, itemCounts: { in: 1, out: 1 } };
  const merged = withSteps(progress, [
    { ...step, id: 's1', nodeId: 'a', name: 'A', status: 'succeeded' },
    { ...step, id: 'u1', nodeId: 'b', name: 'B', status: 'succeeded', undoes: 's1' },
  ]);
  expect(merged.steps['a']?.status).toBe('compensated');
  expect(merged.steps['b']?.status).toBe('succeeded');
});
