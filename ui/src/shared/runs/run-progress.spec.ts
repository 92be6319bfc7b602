import { expect, it } from 'vitest';
import type { RunEvent } from '../../api/run-event.js';
import { advance, noProgress, withSteps } from './run-progress.js';

const after = (...events: RunEvent[]) => advance(noProgress, events);
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

it('shows that a step failed and went on, also after another visit of it worked', () => {
  const visit = { type: 'step.succeeded', ...fact, startedAt: 0, endedAt: 1, status: 'succeeded' } as const;
  const failed: RunEvent = { ...visit, outputs: { error: 1 }, error };
  expect(after(failed).steps['a']).toMatchObject({ status: 'failedWentOn', itemsOut: { error: 1 }, error });
  expect(after(failed, { ...visit, step: 's2', outputs: { main: 1 } }).steps['a']?.status).toBe('failedWentOn');
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
  const two = advance(one, [{ type: 'step.intended', ...fact, step: 's9', nodeId: 'b', at: 1 }]);
  expect(two.steps['a']).toBe(one.steps['a']);
});

it('adds visits that only the run itself knows', () => {
  const created = after({ type: 'run.created', at: 0, start: { nodeId: 't', as: 'trigger', count: 3 } });
  const step = { id: 'x', nodeId: 't', name: 'T', iteration: [], visit: 0, attempt: 1, status: 'succeeded' as const };
  const merged = withSteps(created, [{ ...step, startedAt: null, endedAt: null, itemCounts: { in: 0, out: 3 } }]);
  expect(merged.steps['t']).toMatchObject({ stepIds: ['x'], itemsOut: { main: 3 } });
});

it.each(['before', 'after'])(
  'counts the items of a visit once, though the run as the server shows it comes %s its event',
  (when) => {
    const created = after({ type: 'run.created', at: 0, start: { nodeId: 't', as: 'trigger', count: 1 } });
    const row = { name: 'A', iteration: [], visit: 0, attempt: 1, startedAt: null, endedAt: null, ports: { main: 1 } };
    const shown = (progress: typeof created) =>
      withSteps(
        progress,
        [
          { id: 't0', nodeId: 't' },
          { id: 's1', nodeId: 'a' },
          { id: 'kept', nodeId: 'a' },
        ].map((step) => ({ ...row, ...step, status: 'succeeded' as const, itemCounts: { in: 1, out: 1 } })),
      );
    const told = (progress: typeof created) =>
      advance(progress, [
        { type: 'step.intended', ...fact, at: 1 },
        { type: 'step.succeeded', ...fact, startedAt: 1, endedAt: 5, status: 'succeeded', outputs: { main: 1 } },
      ]);
    const { steps } = when === 'before' ? shown(told(shown(created))) : shown(shown(told(created)));
    expect(steps['t']?.itemsOut).toEqual({ main: 1 });
    expect(steps['a']).toMatchObject({ itemsOut: { main: 2 }, stepIds: expect.arrayContaining(['s1', 'kept']) });
  },
);

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

it('says the same whether events come one by one or all at once, and leaves what it began with alone', () => {
  const events: RunEvent[] = [
    { type: 'run.created', at: 0, start: { nodeId: 'start', as: 'trigger', count: 1 } },
    { type: 'step.intended', ...fact, at: 1 },
    { type: 'step.failed', ...fact, startedAt: 1, endedAt: 2, error },
    { type: 'run.resumed', at: 3 },
    { type: 'step.intended', ...fact, step: 's2', nodeId: 'b', at: 4 },
    { type: 'run.finished', at: 5, status: 'failed', error },
  ];
  const oneByOne = events.map((_, index) => advance(noProgress, events.slice(0, index + 1)));
  const begun = structuredClone(oneByOne[2]!);
  expect(advance(oneByOne[2]!, events.slice(3))).toEqual(oneByOne.at(-1));
  expect(oneByOne[2]).toEqual(begun);
  expect(events.reduce((progress, event) => advance(progress, [event]), noProgress)).toEqual(oneByOne.at(-1));
});
