import { describe, expect, it } from 'vitest';
import { StepFailure } from '../core-node.types.js';
import { bodiesFrom, runNode } from '../test-context.test-support.js';
import { activityNode } from './activity.node.js';
import type { ForeignWork } from './foreign-work.types.js';
import { temporalWorkflowNode } from './workflow.node.js';

/** A Temporal that answers what `answer` says, and keeps what it was asked. */
function temporalWith(answer: (work: ForeignWork) => unknown = () => ({})) {
  const asked: ForeignWork[] = [];
  const askTemporal = (work: ForeignWork) => {
    asked.push(work);
    return Promise.resolve(answer(work) as never);
  };
  return { asked, context: { ports: { askTemporal } } };
}

describe('temporal.activity', () => {
  const parameters = { activity: 'charge', taskQueue: 'payments' };

  it('asks once for each item, with its json as the only argument, under its idempotency key', async () => {
    const { asked, context } = temporalWith(({ args }) => ({ charged: args[0] }));
    const items = [{ n: 1 }, { n: 2 }];
    expect(await bodiesFrom(activityNode, { parameters, items, context })).toEqual({
      main: [{ charged: { n: 1 } }, { charged: { n: 2 } }],
    });
    expect(asked).toMatchObject([
      { kind: 'activity', name: 'charge', taskQueue: 'payments', args: [{ n: 1 }], id: 'key-0-0', maxAttempts: 1 },
      { args: [{ n: 2 }], id: 'key-1-0' },
    ]);
  });

  it.each([
    ['={{ [$json.n, "EUR"] }}', [1, 'EUR']],
    ['={{ $json.n }}', [1]],
    ['[1, {"a": 2}]', [1, { a: 2 }]],
    ['={{ [] }}', []],
  ])('hands over the arguments %s', async (given, args) => {
    const { asked, context } = temporalWith();
    await runNode(activityNode, { parameters: { ...parameters, arguments: given }, items: [{ n: 1 }], context });
    expect(asked).toMatchObject([{ args }]);
  });

  it.each([
    [5, { result: 5 }],
    [['a'], { result: ['a'] }],
    [null, { result: null }],
    [undefined, { result: null }],
  ])('keeps %j as the result', async (answer, body) => {
    const { context } = temporalWith(() => answer);
    expect(await bodiesFrom(activityNode, { parameters, items: [{}], context })).toEqual({ main: [body] });
  });

  it.each([
    [{ ...parameters, activity: '' }, /"activity" is empty/],
    [{ ...parameters, taskQueue: '={{ null }}' }, /"taskQueue" is empty/],
    [{ ...parameters, arguments: '{' }, /no JSON/],
    [{ ...parameters, heartbeatTimeout: 'soon' }, /no duration/],
  ])('refuses %j', async (bad, message) => {
    const { context } = temporalWith();
    await expect(runNode(activityNode, { parameters: bad, items: [{}], context })).rejects.toThrow(message);
  });

  it('says so where there is no Temporal', async () => {
    const failure = runNode(activityNode, { parameters, items: [{}], context: { ports: {} } });
    await expect(failure).rejects.toThrow(StepFailure);
    await expect(failure).rejects.toMatchObject({ error: { code: 'temporal.missing', retryable: false } });
  });
});

describe('temporal.workflow', () => {
  it.each([
    [{}, true],
    [{ wait: false }, false],
  ])('with %j waits for its result: %s', async (more, isAwaited) => {
    const { asked, context } = temporalWith();
    const parameters = { workflow: 'Order', taskQueue: 'orders', namespace: 'shop', ...more };
    await runNode(temporalWorkflowNode, { parameters, items: [{}], context });
    expect(asked).toMatchObject([{ kind: 'workflow', name: 'Order', namespace: 'shop', isAwaited }]);
  });
});
