import { beforeEach, describe, expect, it } from 'vitest';
import { apply } from './apply.js';
import { aPlan } from './graph.test-support.js';
import { nextCommands } from './next.js';
import { openAttempt, openClaim, statusOf } from './queries.js';
import type { Command, RunEvent } from './run-events.types.js';
import { createRunState, type RunState } from './run-state.js';

const error = { code: 'http.status', message: 'No.' };
let state: RunState;
let step: { step: string; nodeId: string; iteration: number[]; attempt: number };

const commandOf = (): Command | undefined => nextCommands(state)[0];
const intend = (claim: string, attempt = 1): boolean =>
  apply(state, { type: 'step.intended', at: 1, claim, ...step, attempt });
const succeed = (claim?: string, attempt = 1): boolean =>
  apply(state, {
    type: 'step.succeeded',
    startedAt: 1,
    endedAt: 2,
    status: 'succeeded',
    outputs: { main: 1 },
    ...step,
    attempt,
    ...(claim && { claim }),
  });
const retry = (claim: string): boolean =>
  apply(state, { type: 'step.retrying', startedAt: 1, endedAt: 2, error, dueAt: 99, ...step, claim });
const handOver = (): boolean =>
  apply(state, { type: 'run.handedOver', at: 1, epoch: 2, host: 'process', reason: 'test' });

beforeEach(() => {
  const plan = aPlan({
    nodes: { start: 'manual', send: { type: 'http.request' }, after: 'noop' },
    connections: ['start -> send', 'send -> after'],
  });
  state = createRunState(plan);
  apply(state, { type: 'run.created', at: 0, mode: 'production', start: { nodeId: 'start', as: 'trigger', count: 1 } });
  const command = commandOf() as Extract<Command, { kind: 'step' }>;
  step = { step: command.visit.key, nodeId: 'send', iteration: [], attempt: 1 };
});

describe('claims', () => {
  it('leaves a step that is begun under a claim out of the commands', () => {
    expect(intend('a')).toBe(true);
    expect(nextCommands(state)).toEqual([]);
    expect(openClaim(state, step.step)).toBe('a');
  });

  it('counts the outcome of the holder of the claim', () => {
    intend('a');
    expect(succeed('a')).toBe(true);
    expect(commandOf()).toMatchObject({ kind: 'step', visit: { nodeId: 'after' } });
  });

  it('does not count the outcome of anybody else', () => {
    intend('a');
    expect(succeed('b')).toBe(false);
    expect(succeed()).toBe(false);
    expect(openClaim(state, step.step)).toBe('a');
  });

  it('does not count an outcome under a claim where there is none', () => {
    expect(succeed('a')).toBe(false);
    expect(succeed()).toBe(true);
  });

  it('refuses a second claim as long as the first owner is there', () => {
    intend('a');
    expect(intend('b')).toBe(false);
    expect(intend('a')).toBe(true);
  });

  it('gives a claimed step back with its claim after a hand-over, and lets the new owner replace the claim', () => {
    intend('a');
    handOver();
    expect(commandOf()).toMatchObject({ kind: 'step', attempt: 1, claim: 'a', visit: { key: step.step } });
    expect(intend('b')).toBe(true);
    expect(nextCommands(state)).toEqual([]);
    expect(succeed('a')).toBe(false);
    expect(succeed('b')).toBe(true);
  });

  it('does not hand back what had its outcome before the hand-over', () => {
    intend('a');
    succeed('a');
    handOver();
    expect(nextCommands(state)).toMatchObject([{ visit: { nodeId: 'after' } }]);
  });

  it('does not count an outcome twice', () => {
    expect([succeed(), succeed()]).toEqual([true, false]);
  });
});

describe('retries', () => {
  it('asks for the next attempt when it is due', () => {
    intend('a');
    expect(retry('a')).toBe(true);
    expect(commandOf()).toEqual({
      kind: 'step',
      visit: expect.objectContaining({ key: step.step }),
      attempt: 2,
      dueAt: 99,
    });
    expect(openAttempt(state, step.step)).toBe(2);
  });

  it('does not count what the attempt before still has to say', () => {
    intend('a');
    retry('a');
    expect(succeed('a')).toBe(false);
    expect(intend('a', 1)).toBe(false);
    expect(intend('c', 2)).toBe(true);
    expect(succeed('c', 2)).toBe(true);
  });
});

describe('waits', () => {
  const waits = [{ kind: 'timer' as const, until: 50 }];
  const wait = (): boolean => apply(state, { type: 'step.waiting', at: 1, startedAt: 1, waits, ...step });
  const resolve = (): boolean =>
    apply(state, { type: 'wait.resolved', at: 1, by: 'timer', outputs: { main: 1 }, ...step });

  it('makes a run wait for its wait and go on with its outputs', () => {
    expect(wait()).toBe(true);
    expect(statusOf(state)).toBe('waiting');
    expect(nextCommands(state)).toEqual([
      { kind: 'wait', visit: expect.objectContaining({ key: step.step }), attempt: 1, waits },
    ]);
    expect(resolve()).toBe(true);
    expect(commandOf()).toMatchObject({ visit: { nodeId: 'after' } });
  });

  it('is resolved once', () => {
    wait();
    expect([resolve(), resolve()]).toEqual([true, false]);
  });

  it('cannot be resolved before it is there', () => {
    expect(resolve()).toBe(false);
  });

  it('is not ended by an outcome of the step that began it', () => {
    intend('a');
    wait();
    expect(succeed('a')).toBe(false);
  });
});

describe('impossible events', () => {
  const finished: RunEvent = { type: 'run.finished', at: 1, status: 'failed' };

  it('refuses anything before the creation, a second creation, and anything after the end', () => {
    const plan = state.plan;
    expect(() => apply(createRunState(plan), finished)).toThrow(
      expect.objectContaining({ code: 'run.impossibleEvent' }),
    );
    expect(() =>
      apply(state, { type: 'run.created', at: 0, mode: 'test', start: { nodeId: 'start', as: 'trigger', count: 1 } }),
    ).toThrow('created before');
    apply(state, finished);
    expect(() => succeed()).toThrow('has ended');
  });

  it('refuses a start at a node that is not there, and a step under the name of another node', () => {
    expect(() =>
      apply(createRunState(state.plan), {
        type: 'run.created',
        at: 0,
        mode: 'test',
        start: { nodeId: 'gone', as: 'trigger', count: 1 },
      }),
    ).toThrow('no node gone');
    step = { ...step, nodeId: 'after' };
    expect(() => succeed()).toThrow('is of node send');
  });

  it('ignores a step it never heard of', () => {
    step = { ...step, step: 'ffff' };
    expect(succeed()).toBe(false);
  });

  it('keeps the first answer to the caller', () => {
    const reply = (key: string): boolean => apply(state, { type: 'run.replied', at: 1, step: key });
    expect([reply('a'), reply('b'), state.repliedBy]).toEqual([true, false, 'a']);
  });
});
