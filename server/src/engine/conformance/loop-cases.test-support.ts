import { chain } from '../engine.test-support.js';
import { failsForTwo, sent, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const items = [{ n: 1 }, { n: 2 }, { n: 3 }];

/** What goes round. */
export const loopCases: ConformanceCase[] = [
  {
    name: 'a loop in a loop, with an effect in the inner one',
    document: chain(
      [
        start,
        { id: 'outer', type: 'core.loop', parameters: { batchSize: 2 } },
        { id: 'inner', type: 'core.loop', parameters: { batchSize: 1 } },
        { id: 'send', type: 'test.send', parameters: value },
        { id: 'round', type: 'core.set', parameters: { fields: { round: true } } },
        { id: 'end', type: 'core.noop' },
      ],
      [
        'start>outer',
        'outer.loop>inner',
        'inner.loop>send',
        'send>inner.next',
        'inner.done>round',
        'round>outer.next',
        'outer.done>end',
      ],
    ),
    items,
    answer: sent,
    status: 'succeeded',
    result: [1, 2, 3].map((value) => ({ sent: value, round: true })),
  },
  {
    name: 'a loop goes round while its condition holds',
    document: chain(
      [
        start,
        { id: 'loop', type: 'core.loop', parameters: { mode: 'while', while: '={{ $json.n < 5 }}' } },
        { id: 'send', type: 'test.send', parameters: value },
        { id: 'more', type: 'core.set', parameters: { keep: 'none', fields: { n: '={{ $json.sent + 1 }}' } } },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop', 'loop.loop>send', 'send>more', 'more>loop.next', 'loop.done>end'],
    ),
    items: [{ n: 1 }],
    answer: sent,
    status: 'succeeded',
    result: [{ n: 5 }],
  },
  {
    name: 'branches within an iteration meet before the next one begins',
    document: chain(
      [
        start,
        { id: 'loop', type: 'core.loop' },
        { id: 'a', type: 'test.send', parameters: value },
        { id: 'b', type: 'core.set', parameters: { fields: { b: '={{ $json.n * 10 }}' } } },
        { id: 'join', type: 'core.merge', parameters: { mode: 'byPosition' } },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop', 'loop.loop>a', 'loop.loop>b', 'a>join.in1', 'b>join.in2', 'join>loop.next', 'loop.done>end'],
    ),
    items,
    answer: sent,
    status: 'succeeded',
    result: [1, 2, 3].map((n) => ({ sent: n, n, b: n * 10 })),
  },
  {
    name: 'an iteration that fails is tried again, and leaves by the error port in the end',
    document: chain(
      [
        start,
        { id: 'loop', type: 'core.loop' },
        {
          id: 'send',
          type: 'test.send',
          parameters: value,
          retry: { maxAttempts: 2, initialMs: 10, jitter: false },
          onError: 'errorOutput',
        },
        { id: 'bad', type: 'core.set', parameters: { keep: ['n'], fields: { bad: true } } },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop', 'loop.loop>send', 'send>loop.next', 'send.error>bad', 'bad>loop.next', 'loop.done>end'],
    ),
    items,
    answer: failsForTwo({ status: 503 }),
    status: 'succeeded',
    result: [{ sent: 1 }, { n: 2, bad: true }, { sent: 3 }],
  },
];
