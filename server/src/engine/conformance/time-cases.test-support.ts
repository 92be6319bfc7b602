import { chain } from '../engine.test-support.js';
import { failsForTwo, neverEnds, sent, takes, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const items = [{ n: 1 }, { n: 2 }];
const waitForCall = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };

/** Waits, back-offs and stops: where runs change hands. */
export const timeCases: ConformanceCase[] = [
  {
    name: 'a wait ends with the call of its address, what came with it goes on',
    document: chain([start, waitForCall, { id: 'send', type: 'test.send', parameters: value }]),
    items,
    answer: sent,
    during: async (run) => {
      await run.until('step.waiting');
      await run.resume([{ n: 7 }]);
    },
    status: 'succeeded',
    result: [{ sent: 7 }],
  },
  {
    name: 'a call that comes before its wait is not forgotten',
    document: chain([start, { id: 'send', type: 'test.send', parameters: value }, waitForCall]),
    items,
    answer: takes(300),
    during: async (run) => {
      await run.until('step.intended', 'send');
      await run.resume([{ n: 7 }]);
    },
    status: 'succeeded',
    result: [{ n: 7 }],
  },
  {
    name: 'a wait for a call goes another way when its time is over',
    document: chain(
      [
        start,
        { id: 'wait', type: 'core.wait', parameters: { webhook: true, timeout: '1s' } },
        { id: 'called', type: 'core.noop' },
        { id: 'late', type: 'core.set', parameters: { fields: { late: true } } },
      ],
      ['start>wait', 'wait>called', 'wait.timeout>late'],
    ),
    items,
    status: 'succeeded',
    result: items.map((item) => ({ ...item, late: true })),
  },
  {
    name: 'waits beside each other end each in its time, and a merge waits for all',
    document: chain(
      [
        start,
        { id: 'short', type: 'core.wait', parameters: { for: '1s' } },
        { id: 'long', type: 'core.wait', parameters: { for: '2s' } },
        { id: 'call', type: 'core.wait', parameters: { webhook: true } },
        { id: 'send', type: 'test.send', parameters: value },
        { id: 'join', type: 'core.merge', parameters: { inputs: 3 } },
      ],
      ['start>short', 'start>long', 'start>call', 'short>send', 'send>join.in1', 'long>join.in2', 'call>join.in3'],
    ),
    items: [{ n: 1 }],
    answer: sent,
    during: async (run) => {
      await run.until('wait.resolved', 'short');
      await run.resume([{ n: 3 }]);
    },
    status: 'succeeded',
    result: [{ sent: 1 }, { n: 1 }, { n: 3 }],
  },
  {
    name: 'a wait in each iteration of a loop',
    document: chain(
      [
        start,
        { id: 'loop', type: 'core.loop' },
        { id: 'wait', type: 'core.wait', parameters: { for: '1s' } },
        { id: 'send', type: 'test.send', parameters: value },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop', 'loop.loop>wait', 'wait>send', 'send>loop.next', 'loop.done>end'],
    ),
    items,
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }],
  },
  {
    name: 'a retry waits as long as the service asked for',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value, retry: { maxAttempts: 2, initialMs: 1 } },
      { id: 'end', type: 'core.noop' },
    ]),
    items,
    answer: failsForTwo({ status: 429, retryAfterMs: 1_500 }, 1),
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }],
  },
  {
    name: 'a step that takes longer than a process keeps a run',
    document: chain([
      start,
      { id: 'slow', type: 'test.send', parameters: { value: 1 } },
      { id: 'then', type: 'test.send', parameters: { value: 2 } },
    ]),
    answer: () => (call) => takes(call.input['value'] === 1 ? 2_300 : 0)()(call),
    status: 'succeeded',
    result: [{ sent: 2 }],
  },
  {
    name: 'a cancelled run stops the step that works',
    document: chain([start, { id: 'send', type: 'test.send', parameters: value }, { id: 'end', type: 'core.noop' }]),
    items,
    answer: neverEnds,
    during: async (run) => {
      await run.until('step.intended', 'send');
      await run.cancel();
    },
    status: 'cancelled',
  },
  {
    name: 'a cancelled run waits no longer',
    document: chain([start, { id: 'wait', type: 'core.wait', parameters: { for: '1h' } }]),
    items,
    during: async (run) => {
      await run.until('step.waiting');
      await run.cancel();
    },
    status: 'cancelled',
  },
  {
    name: 'a cancelled run does not try again',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value, retry: { maxAttempts: 2, initialMs: 3_600_000 } },
    ]),
    items: [{ n: 2 }],
    answer: failsForTwo({ status: 503 }),
    during: async (run) => {
      await run.until('step.retrying');
      await run.cancel();
    },
    status: 'cancelled',
  },
];
