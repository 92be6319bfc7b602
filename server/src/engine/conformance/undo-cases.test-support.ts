import { expect } from 'vitest';
import { chain, type Answer } from '../engine.test-support.js';
import { failsForTwo, neverEnds, sent, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const undo = (id: string) => ({
  id,
  type: 'test.send',
  parameters: { value: '={{ "undo " + ($json.sent ?? $json.n) }}' },
});
const send = (id: string, compensateWith = `un-${id}`) => ({
  id,
  type: 'test.send',
  parameters: value,
  compensateWith,
});
const pass = { id: 'pass', type: 'core.set', parameters: { keep: 'none', fields: { n: '={{ $json.sent }}' } } };
const stop = { id: 'stop', type: 'core.stop', parameters: { message: 'No room.' } };

/** Answers for the value 1 as `answer` does, any other value is sent. */
const forValue =
  (wanted: unknown, answer: Answer): (() => Answer) =>
  () =>
  (call) =>
    call.input['value'] === wanted ? answer(call) : sent()(call);

const fails =
  (error: object): Answer =>
  () => ({ ok: false, error: { code: 'http.status', message: 'no', status: 400, retryable: false, ...error } });

/** What is done is undone when the run does not end well. */
export const undoCases: ConformanceCase[] = [
  {
    name: 'a run that fails undoes what it did, the last first, with what came of it',
    document: chain(
      [start, send('a'), pass, send('b'), stop, undo('un-a'), undo('un-b')],
      ['start>a', 'a>pass', 'pass>b', 'b>stop'],
    ),
    items: [{ n: 1 }],
    answer: sent,
    status: 'failed',
    error: { nodeId: 'stop', message: 'No room.' },
    compensation: 'done',
    order: ['a', 'b', 'un-b', 'un-a'],
    events: [
      'a#1 step.intended',
      'a#1 step.succeeded {"main":1}',
      'b#1 step.intended',
      'b#1 step.succeeded {"main":1}',
      'pass#1 step.succeeded {"main":1}',
      'run.created',
      'run.finished failed, undone: done',
      expect.stringContaining('stop#1 step.failed') as string,
      'un-a#1 step.intended',
      'un-a#1 step.succeeded {"main":1}',
      'un-b#1 step.intended',
      'un-b#1 step.succeeded {"main":1}',
    ],
  },
  {
    name: 'a run that ends well undoes nothing',
    document: chain([start, send('a'), undo('un-a')], ['start>a']),
    items: [{ n: 1 }],
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }],
  },
  {
    name: 'a definite error is not undone, what came before it is',
    document: chain([start, send('a'), pass, send('b'), undo('un-a'), undo('un-b')], ['start>a', 'a>pass', 'pass>b']),
    items: [{ n: 2 }],
    answer: () => {
      let calls = 0;
      return (call) => (call.input['value'] === 2 && ++calls === 2 ? fails({})(call) : sent()(call));
    },
    status: 'failed',
    error: { nodeId: 'b' },
    compensation: 'done',
    order: ['a', 'un-a'],
  },
  {
    name: 'a step whose outcome is unknown is undone with its input',
    document: chain([start, send('a'), undo('un-a')], ['start>a']),
    items: [{ n: 1 }],
    answer: forValue(1, fails({ code: 'http.timeout', status: undefined })),
    status: 'failed',
    error: { code: 'http.timeout' },
    compensation: 'done',
    order: ['un-a'],
  },
  {
    name: 'items that were done before one failed are undone',
    document: chain([start, send('a'), undo('un-a')], ['start>a']),
    items: [{ n: 1 }, { n: 2 }, { n: 3 }],
    answer: failsForTwo({ status: 400, retryable: false }),
    status: 'failed',
    error: { nodeId: 'a' },
    compensation: 'done',
    order: ['un-a'],
  },
  {
    name: 'each iteration of a loop is undone, the last first',
    document: chain(
      [start, { id: 'loop', type: 'core.loop' }, send('a'), stop, undo('un-a')],
      ['start>loop', 'loop.loop>a', 'a>loop.next', 'loop.done>stop'],
    ),
    items: [{ n: 1 }, { n: 2 }, { n: 3 }],
    answer: sent,
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
    order: ['a', 'a', 'a', 'un-a', 'un-a', 'un-a'],
  },
  {
    name: 'branches are undone beside each other',
    document: chain(
      [start, send('a'), send('b'), { id: 'join', type: 'core.merge' }, stop, undo('un-a'), undo('un-b')],
      ['start>a', 'start>b', 'a>join.in1', 'b>join.in2', 'join>stop'],
    ),
    items: [{ n: 1 }],
    answer: sent,
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
  },
  {
    name: 'what undoes is tried again as its own policy says',
    document: chain(
      [start, send('a'), stop, { ...undo('un-a'), retry: { maxAttempts: 3, initialMs: 1_100, jitter: false } }],
      ['start>a', 'a>stop'],
    ),
    items: [{ n: 1 }],
    answer: () => {
      let left = 2;
      return forValue('undo 1', (call) =>
        left-- > 0 ? fails({ status: 503, retryable: true })(call) : sent()(call),
      )();
    },
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
    order: ['a', 'un-a'],
  },
  {
    name: 'what cannot be undone is left to a person, and what came before it stays',
    document: chain(
      [start, send('a'), pass, send('b'), stop, undo('un-a'), { ...undo('un-b'), onError: 'continue' as const }],
      ['start>a', 'a>pass', 'pass>b', 'b>stop'],
    ),
    items: [{ n: 1 }],
    answer: forValue('undo 1', fails({})),
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'failed',
    tasks: ['un-b compensation'],
    order: ['a', 'b'],
  },
  {
    name: 'a person has it tried again, and the rest is undone too',
    document: chain(
      [start, send('a'), pass, send('b'), stop, undo('un-a'), undo('un-b')],
      ['start>a', 'a>pass', 'pass>b', 'b>stop'],
    ),
    items: [{ n: 1 }],
    answer: () => {
      let left = 1;
      return forValue('undo 1', (call) => (left-- > 0 ? fails({})(call) : sent()(call)))();
    },
    during: async (run) => {
      await run.decideUndo('un-b', 'retry');
      await run.until('step.succeeded', 'un-a');
    },
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
    order: ['a', 'b', 'un-b', 'un-a'],
  },
  {
    name: 'several things cannot be undone at once: each is a task of its own, and decided by itself',
    document: chain(
      [start, send('a'), send('b'), { id: 'join', type: 'core.merge' }, stop, undo('un-a'), undo('un-b')],
      ['start>a', 'start>b', 'a>join.in1', 'b>join.in2', 'join>stop'],
    ),
    items: [{ n: 1 }],
    answer: () => {
      let left = 2;
      return forValue('undo 1', (call) => (left-- > 0 ? fails({})(call) : sent()(call)))();
    },
    during: async (run) => {
      await run.decideUndo('un-a', 'skip');
      await run.decideUndo('un-b', 'retry');
      await run.until('step.succeeded', 'un-b');
    },
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'failed',
    order: ['un-b'],
  },
  {
    name: 'a person says that it was done by hand',
    document: chain([start, send('a'), stop, undo('un-a')], ['start>a', 'a>stop']),
    items: [{ n: 1 }],
    answer: forValue('undo 1', fails({})),
    during: (run) => run.decideUndo('un-a', 'done'),
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
  },
  {
    name: 'a run that is cancelled undoes what it did, and what it was at with its input',
    document: chain([start, send('a'), pass, send('b'), undo('un-a'), undo('un-b')], ['start>a', 'a>pass', 'pass>b']),
    items: [{ n: 1 }],
    answer: () => {
      let calls = 0;
      return forValue(1, (call) => (++calls === 2 ? neverEnds()(call) : sent()(call)))();
    },
    during: async (run) => {
      await run.until('step.intended', 'b');
      await run.cancel();
    },
    status: 'cancelled',
    compensation: 'done',
    order: ['a', 'un-b', 'un-a'],
  },
  {
    name: 'undoing goes on when the run is cancelled once more',
    document: chain([start, send('a'), stop, undo('un-a')], ['start>a', 'a>stop']),
    items: [{ n: 1 }],
    answer: forValue('undo 1', async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      call.signal.throwIfAborted();
      return sent()(call);
    }),
    during: async (run) => {
      await run.until('step.intended', 'un-a');
      await run.cancel();
    },
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
    order: ['a', 'un-a'],
  },
  {
    name: 'a run that is stopped by force ends at once and undoes nothing',
    document: chain([start, send('a'), pass, send('b'), undo('un-a'), undo('un-b')], ['start>a', 'a>pass', 'pass>b']),
    items: [{ n: 1 }],
    answer: () => {
      let calls = 0;
      return forValue(1, (call) => (++calls === 2 ? neverEnds()(call) : sent()(call)))();
    },
    during: async (run) => {
      await run.until('step.intended', 'b');
      await run.forceStop();
    },
    status: 'cancelled',
    error: { code: 'run.forceStopped', message: expect.stringContaining('Not undone: "a", "b".') as string },
  },
  {
    name: 'a run whose time is over while a step works is stopped and undone',
    document: chain([start, send('a'), pass, send('b'), undo('un-a'), undo('un-b')], ['start>a', 'a>pass', 'pass>b'], {
      timeoutMs: 1_500,
    }),
    items: [{ n: 1 }],
    answer: () => {
      let calls = 0;
      return forValue(1, (call) => (++calls === 2 ? neverEnds()(call) : sent()(call)))();
    },
    status: 'failed',
    error: { code: 'run.timeout' },
    compensation: 'done',
    order: ['a', 'un-b', 'un-a'],
  },
  {
    name: 'a run whose time is over while it waits fails',
    document: chain([start, { id: 'wait', type: 'core.wait', parameters: { webhook: true } }], undefined, {
      timeoutMs: 1_500,
    }),
    items: [{ n: 1 }],
    status: 'failed',
    error: { code: 'run.timeout' },
  },
];
