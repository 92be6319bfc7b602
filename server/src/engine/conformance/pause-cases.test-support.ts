import { chain } from '../engine.test-support.js';
import { failsForTwo, sent, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const send = { id: 'send', type: 'test.send', parameters: value, onError: 'pause' as const };
const end = { id: 'end', type: 'core.noop' };
const items = [{ n: 1 }, { n: 2 }];
const definite = { status: 400, retryable: false };

/** A failure that waits for a person. */
export const pauseCases: ConformanceCase[] = [
  {
    name: 'a run is paused at the step that failed; tried again, it repeats what is unfinished',
    document: chain([start, send, end]),
    items,
    answer: failsForTwo(definite, 1),
    during: (run) => run.choose('send', { action: 'retry' }),
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }],
    events: [
      'end#1 step.succeeded {"main":2}',
      'run.created',
      'run.finished succeeded',
      'send#1 step.decided',
      'send#1 step.intended',
      'send#1 step.paused http.status',
      'send#2 step.intended',
      'send#2 step.succeeded {"main":2}',
    ],
  },
  {
    name: 'a step may fail again and again until it is skipped, its input goes on',
    document: chain([start, { ...send, onError: 'stop' as const }, end], undefined, { onFailure: 'pause' }),
    items,
    answer: failsForTwo(definite),
    during: async (run) => {
      await run.choose('send', { action: 'retry' });
      await run.until('step.decided', 'send');
      await run.choose('send', { action: 'skip', with: 'input' });
    },
    status: 'succeeded',
    result: items,
  },
  {
    name: 'a step is skipped with nothing, and nothing follows it',
    document: chain([start, send, end]),
    items,
    answer: failsForTwo(definite),
    during: (run) => run.choose('send', { action: 'skip', with: 'nothing' }),
    status: 'succeeded',
  },
  {
    name: 'a person gives what the step did not',
    document: chain([start, send, end]),
    items,
    answer: failsForTwo(definite),
    during: (run) => run.choose('send', { action: 'use', items: [{ json: { sent: 'by hand' } }] }),
    status: 'succeeded',
    result: [{ sent: 'by hand' }],
  },
  {
    name: 'what is at work beside a pause finishes, and goes on with the run',
    document: chain(
      [
        start,
        { ...send, parameters: { value: 2 } },
        { id: 'slow', type: 'test.send', parameters: { value: 5 } },
        { id: 'join', type: 'core.merge' },
      ],
      ['start>send', 'start>slow', 'send>join.in1', 'slow>join.in2'],
    ),
    answer: () => {
      const fail = failsForTwo(definite, 1)();
      return async (call) => {
        if (call.input['value'] === 5) await new Promise((resolve) => setTimeout(resolve, 700));
        return fail(call);
      };
    },
    during: async (run) => {
      await run.until('step.succeeded', 'slow');
      await run.choose('send', { action: 'retry' });
    },
    status: 'succeeded',
    result: [{ sent: 2 }, { sent: 5 }],
  },
  {
    name: 'a paused run can be cancelled',
    document: chain([start, send, end]),
    items,
    answer: failsForTwo(definite),
    during: async (run) => {
      await run.until('step.paused', 'send');
      await run.cancel();
    },
    status: 'cancelled',
  },
  {
    name: 'a run whose time is over while it is paused fails',
    document: chain([start, send, end], undefined, { timeoutMs: 1_500 }),
    items,
    answer: failsForTwo(definite),
    status: 'failed',
    error: { code: 'run.timeout' },
  },
  {
    name: 'what people gave is as if it was done: it is undone when the run fails later',
    document: chain(
      [
        start,
        { ...send, compensateWith: 'undo' },
        { id: 'stop', type: 'core.stop', parameters: { message: 'no' } },
        { id: 'undo', type: 'test.send', parameters: { value: '={{ $json.sent }}' } },
      ],
      ['start>send', 'send>stop'],
    ),
    items,
    answer: () => (call) => (call.input['value'] === 'by hand' ? sent()(call) : failsForTwo(definite)()(call)),
    during: (run) => run.choose('send', { action: 'use', items: [{ json: { sent: 'by hand' } }] }),
    status: 'failed',
    error: { nodeId: 'stop' },
    compensation: 'done',
    order: ['undo'],
  },
];
