import { beforeEach, expect, it } from 'vitest';
import { apply } from './apply.js';
import { aPlan } from './graph.test-support.js';
import { nextCommands } from './next.js';
import type { StepVisit } from './run-events.types.js';
import { createRunState, type RunState } from './run-state.js';
import { editedInput } from './step-keys.js';

let state: RunState;
beforeEach(() => {
  const plan = aPlan({
    nodes: { start: 'manual', send: { type: 'http.request' }, each: 'loop', body: 'noop' },
    connections: ['start -> send', 'start -> each', 'each:loop -> body', 'body -> each:next'],
  });
  state = createRunState(plan);
  apply(state, { type: 'run.created', at: 0, mode: 'production', start: { nodeId: 'start', as: 'trigger', count: 2 } });
});

const visitOf = (nodeId: string): StepVisit =>
  nextCommands(state).flatMap((command) =>
    'visit' in command && command.visit.nodeId === nodeId ? [command.visit] : [],
  )[0]!;
const edit = (visit: string, name = 'other', count = 5): boolean =>
  apply(state, { type: 'input.edited', at: 1, visit, count, edit: name });
const succeed = ({ key: step, nodeId, iteration }: StepVisit, outputs: Record<string, number>): boolean =>
  apply(state, {
    type: 'step.succeeded',
    startedAt: 1,
    endedAt: 2,
    status: 'succeeded',
    attempt: 1,
    step,
    nodeId,
    iteration,
    outputs,
  });

it('gives a visit other items and another key, and remembers what they stand in for', () => {
  const before = visitOf('send');
  expect(edit(before.key)).toBe(true);
  const after = visitOf('send');
  const named = editedInput(before.key, 'other');
  expect(after.inputs).toEqual([{ port: 'main', arrivals: [{ step: named, port: 'main', count: 5 }] }]);
  expect(after.key).not.toBe(before.key);
  expect(state.edited.get(named)).toEqual(before.inputs[0]!.arrivals);
});

it('names the visit by its items: the same edit gives the same key', () => {
  const before = visitOf('send').key;
  const keyAfter = (name: string) => {
    edit(visitOf('send').key, name);
    return visitOf('send').key;
  };
  const first = keyAfter('a');
  expect(new Set([before, first, keyAfter('b')]).size).toBe(3);
});

it('leaves a visit alone that has begun', () => {
  const { key: step, nodeId, iteration } = visitOf('send');
  apply(state, { type: 'step.intended', at: 1, claim: 'a', step, nodeId, iteration, attempt: 1 });
  expect(edit(step)).toBe(false);
  expect(edit('nowhere')).toBe(false);
});

it('lets a loop go round with the other items, but only from its first round on', () => {
  const entry = visitOf('each');
  expect(edit(entry.key, 'other', 3)).toBe(true);
  expect(succeed(visitOf('each'), { loop: 1 })).toBe(true);
  expect(succeed(visitOf('body'), { main: 1 })).toBe(true);
  const second = visitOf('each');
  expect(second.inputs[0]!.arrivals[0]).toMatchObject({ step: editedInput(entry.key, 'other'), count: 3 });
  expect(edit(second.key)).toBe(false);
});
