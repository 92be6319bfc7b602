import type { JsonObject } from '@wfaib/sdk/items';
import { chain } from '../engine.test-support.js';
import { failsForTwo, sent, takes, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const numbers = (count: number): JsonObject[] => Array.from({ length: count }, (_, index) => ({ n: index + 1 }));
const fields = (values: JsonObject, keep = 'all') => ({ fields: values, keep });

const bySlow = [{ sent: 1 }, { sent: 2 }];
const byFast = bySlow.map((each) => ({ ...each, by: 'fast' }));

/** Ways to join that wait for all inputs. */
const joins = [
  { id: 'append' },
  { id: 'byKey', mode: 'byKey', keys: [{ in1: 'sent', in2: 'sent' }], join: 'outer' },
  { id: 'byPosition', mode: 'byPosition', unpaired: true },
  { id: 'all', mode: 'all' },
  { id: 'choose', mode: 'choose', use: 'in2' },
];

/** Where items go, what joins them, and what is left out. */
export const routingCases: ConformanceCase[] = [
  {
    name: 'a switch sends items three ways and a merge brings them together by key',
    document: chain(
      [
        start,
        {
          id: 'switch',
          type: 'core.switch',
          parameters: {
            rules: [
              { port: 'low', condition: '={{ $json.n < 3 }}' },
              { port: 'high', condition: '={{ $json.n > 4 }}' },
            ],
            fallback: 'rest',
          },
        },
        { id: 'low', type: 'test.send', parameters: value },
        { id: 'high', type: 'core.set', parameters: fields({ sent: '={{ $json.n - 4 }}', from: 'high' }) },
        { id: 'rest', type: 'core.set', parameters: fields({ from: 'rest' }) },
        { id: 'join', type: 'core.merge', parameters: { mode: 'byKey', keys: [{ in1: 'sent', in2: 'sent' }] } },
      ],
      ['start>switch', 'switch.low>low', 'switch.high>high', 'switch.rest>rest', 'low>join.in1', 'high>join.in2'],
    ),
    items: numbers(6),
    answer: sent,
    status: 'succeeded',
    result: [
      { sent: 1, n: 5, from: 'high' },
      { sent: 2, n: 6, from: 'high' },
    ],
  },
  {
    name: 'a merge takes its inputs in their order, whichever branch was faster',
    document: chain(
      [
        start,
        { id: 'slow', type: 'test.send', parameters: value },
        { id: 'fast', type: 'core.set', parameters: fields({ from: 'fast' }) },
        { id: 'dead', type: 'core.filter', parameters: { condition: false } },
        { id: 'join', type: 'core.merge', parameters: { inputs: 3 } },
      ],
      ['start>slow', 'start>fast', 'start>dead', 'slow>join.in1', 'fast>join.in2', 'dead>join.in3'],
    ),
    items: numbers(2),
    answer: takes(50),
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }, { n: 1, from: 'fast' }, { n: 2, from: 'fast' }],
  },
  {
    name: 'ten effects beside each other meet in one merge',
    document: chain(
      [
        start,
        ...numbers(10).map(({ n }) => ({ id: `send${n}`, type: 'test.send', parameters: { value: n! } })),
        { id: 'join', type: 'core.merge', parameters: { inputs: 10 } },
        { id: 'sum', type: 'core.summarize', parameters: { values: [{ field: 'sent', op: 'sum', as: 'sum' }] } },
      ],
      [...numbers(10).flatMap(({ n }) => [`start>send${n}`, `send${n}>join.in${n}`]), 'join>sum'],
    ),
    answer: takes(20),
    status: 'succeeded',
    result: [{ sum: 55 }],
  },
  {
    name: 'branches one after the other keep to the order of the canvas',
    document: chain(
      [
        start,
        { id: 'below', type: 'test.send', position: [0, 200], parameters: value },
        { id: 'above', type: 'test.send', position: [0, 0], parameters: value },
        { id: 'end', type: 'core.noop', position: [200, 200] },
      ],
      ['start>below', 'start>above', 'below>end'],
      { branches: 'sequential' },
    ),
    items: numbers(1),
    answer: sent,
    status: 'succeeded',
  },
  {
    name: 'disabled steps pass on what they get, a disabled loop to its end',
    document: chain(
      [
        start,
        { id: 'off', type: 'test.send', parameters: value, disabled: true },
        { id: 'loop', type: 'core.loop', disabled: true },
        { id: 'body', type: 'test.send', parameters: value },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>off', 'off>loop', 'loop.loop>body', 'body>loop.next', 'loop.done>end'],
    ),
    items: numbers(2),
    status: 'succeeded',
    result: numbers(2),
  },
  {
    name: 'a run stops after the step it was told to',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'last', type: 'core.noop' },
      { id: 'never', type: 'test.send', parameters: value },
    ]),
    items: numbers(1),
    more: { stopAt: 'last' },
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }],
  },
  {
    name: 'a run starts in the middle with items of its own',
    document: chain([
      start,
      { id: 'never', type: 'test.send', parameters: value },
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'end', type: 'core.noop' },
    ]),
    items: numbers(2),
    more: { start: { nodeId: 'send', as: 'input' } },
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }],
  },
  {
    name: 'items that fail go on in the place of their output, in order',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value, onError: 'continue' },
      {
        id: 'end',
        type: 'core.set',
        parameters: { keep: 'none', fields: { x: '={{ $json.sent ?? $json.error.code }}' } },
      },
    ]),
    items: numbers(3),
    answer: failsForTwo({ retryable: false }),
    status: 'succeeded',
    result: [{ x: 1 }, { x: 'http.status' }, { x: 3 }],
  },
  {
    name: 'a step that fails beside others lets them finish and begins nothing new',
    document: chain(
      [
        start,
        { id: 'bad', type: 'test.send', parameters: { value: 2 } },
        { id: 'good', type: 'test.send', parameters: { value: 1 } },
        { id: 'after', type: 'test.send', parameters: { value: 1 } },
      ],
      ['start>bad', 'start>good', 'good>after'],
    ),
    overlaps: true,
    answer: () => {
      let begin: () => void = () => undefined;
      const hasBegun = new Promise<void>((resolve) => (begin = resolve));
      return async (call) => {
        if (call.input['value'] === 2) {
          // A rehearsal ends one step before it does the next.
          await Promise.race([hasBegun, new Promise((resolve) => setTimeout(resolve, 1_000))]);
          return { ok: false, error: { code: 'http.status', message: 'no', retryable: false } };
        }
        begin();
        await new Promise((resolve) => setTimeout(resolve, 300));
        return sent()(call);
      };
    },
    status: 'failed',
    error: { code: 'http.status', nodeId: 'bad' },
  },
  {
    name: 'a stop step fails the run with its message',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'stop', type: 'core.stop', parameters: { message: '={{ "Stopped at " + $json.sent }}' } },
    ]),
    items: numbers(1),
    answer: sent,
    status: 'failed',
    error: { message: 'Stopped at 1', nodeId: 'stop' },
  },
  {
    name: 'an empty result may go on as one empty item, and a step may look at the first item only',
    document: chain([
      start,
      { id: 'none', type: 'core.filter', parameters: { condition: false }, alwaysOutput: true },
      { id: 'two', type: 'core.code', parameters: { code: 'return [{ json: { n: 1 } }, { json: { n: 2 } }];' } },
      { id: 'first', type: 'test.send', parameters: value, executeOnce: true },
    ]),
    items: numbers(2),
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }],
  },
  {
    name: 'joins of every mode wait for what is late, and take what is dead or missing for nothing',
    document: chain(
      [
        start,
        { id: 'slow', type: 'test.send', parameters: value },
        { id: 'fast', type: 'core.set', parameters: fields({ sent: '={{ $json.n }}', by: 'fast' }, 'none') },
        { id: 'dead', type: 'core.filter', parameters: { condition: false } },
        ...joins.map(({ id, ...parameters }) => ({ id, type: 'core.merge', parameters: { inputs: 4, ...parameters } })),
        // What waits for nothing else is the first; what is dead never is.
        { id: 'early', type: 'core.merge', parameters: { mode: 'first', inputs: 2 } },
        { id: 'late', type: 'core.merge', parameters: { mode: 'first', inputs: 2 } },
        { id: 'end', type: 'core.merge', parameters: { inputs: joins.length + 2 } },
      ],
      [
        'start>slow',
        'start>fast',
        'start>dead',
        ...joins.flatMap(({ id }) => [`slow>${id}.in1`, `fast>${id}.in2`, `dead>${id}.in3`]),
        'slow>early.in1',
        'fast>early.in2',
        'dead>late.in1',
        'slow>late.in2',
        ...[...joins.map(({ id }) => id), 'early', 'late'].map((id, index) => `${id}>end.in${index + 1}`),
      ],
    ),
    items: numbers(2),
    answer: takes(50),
    status: 'succeeded',
    // Appended; by key; by position; of every pair none, as one input is empty; chosen; early; late.
    result: [...bySlow, ...byFast, ...byFast, ...byFast, ...byFast, ...byFast, ...bySlow],
  },
  {
    name: 'a join in a loop waits anew in each round, and an input may be dead in one and alive in the next',
    document: chain(
      [
        start,
        { id: 'loop', type: 'core.loop' },
        { id: 'isEven', type: 'core.if', parameters: { condition: '={{ $json.n % 2 === 0 }}' } },
        { id: 'slow', type: 'test.send', parameters: value },
        { id: 'fast', type: 'core.set', parameters: fields({ fast: '={{ $json.n }}' }, 'none') },
        { id: 'join', type: 'core.merge' },
        { id: 'first', type: 'core.merge', parameters: { mode: 'first' } },
        { id: 'end', type: 'core.noop' },
      ],
      [
        'start>loop',
        'loop.loop>isEven',
        'loop.loop>fast',
        'isEven.true>slow',
        'slow>join.in1',
        'fast>join.in2',
        'slow>first.in1',
        'fast>first.in2',
        'join>loop.next',
        'first>loop.next',
        'loop.done>end',
      ],
    ),
    items: numbers(3),
    answer: takes(20),
    status: 'succeeded',
    result: [{ fast: 1 }, { fast: 1 }, { sent: 2 }, { fast: 2 }, { fast: 2 }, { fast: 3 }, { fast: 3 }],
  },
  {
    name: 'a branch that is tried again is late at its join, and one that fails for good is dead there',
    document: chain(
      [
        start,
        {
          id: 'send',
          type: 'test.send',
          parameters: value,
          retry: { maxAttempts: 2, initialMs: 10, jitter: false },
          onError: 'errorOutput',
        },
        { id: 'fast', type: 'core.set', parameters: fields({ by: 'fast' }, 'none') },
        { id: 'join', type: 'core.merge', parameters: { inputs: 3 } },
      ],
      ['start>send', 'start>fast', 'send>join.in1', 'send.error>join.in2', 'fast>join.in3'],
    ),
    items: [{ n: 2 }],
    answer: failsForTwo({ status: 503 }, 1),
    status: 'succeeded',
    result: [{ sent: 2 }, { by: 'fast' }],
  },
];
