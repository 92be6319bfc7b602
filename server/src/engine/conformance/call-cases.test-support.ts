import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { chain } from '../engine.test-support.js';
import { failsForTwo, sent, value, type ConformanceCase } from './conformance-case.test-support.js';

const called = { id: 'in', type: 'core.called' };
const sending: WorkflowDocument = chain([called, { id: 'send', type: 'test.send', parameters: value }]);
const waiting: WorkflowDocument = chain([called, { id: 'wait', type: 'core.wait', parameters: { for: '1s' } }]);

const calling = (document: WorkflowDocument, parameters: object = {}, more: object = {}): WorkflowDocument =>
  chain([
    { id: 'start', type: 'core.manual' },
    { id: 'call', type: 'core.call', parameters: { document, ...parameters }, ...more },
    { id: 'end', type: 'core.noop' },
  ]);

const three = [{ n: 1 }, { n: 2 }, { n: 3 }];
const refused = { status: 400, retryable: false };

/** Steps that run other workflows. */
export const callCases: ConformanceCase[] = [
  {
    name: 'a workflow is called once with all items',
    document: calling(sending),
    items: three,
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }, { sent: 3 }],
    events: [
      'call#1 child.ended',
      'call#1 child.started',
      'call#1 step.calling',
      'call#1 step.succeeded {"main":3}',
      'end#1 step.succeeded {"main":3}',
      'run.created',
      'run.finished succeeded',
    ],
  },
  {
    name: 'a workflow is called for each item, and what came of them keeps their order',
    document: calling(sending, { mode: 'eachItem', concurrency: 2 }),
    items: [...three, { n: 4 }, { n: 5 }],
    answer:
      () =>
      async ({ input }) => {
        await new Promise((resolve) => setTimeout(resolve, 60 - 10 * Number(input['value'])));
        return { ok: true, items: [{ json: { sent: input['value'] ?? null } }] };
      },
    status: 'succeeded',
    result: [1, 2, 3, 4, 5].map((n) => ({ sent: n })),
  },
  {
    name: 'a called workflow waits, and its caller with it',
    document: calling(waiting, { input: { a: '={{ $json.n + 1 }}' } }),
    items: [{ n: 1 }],
    status: 'succeeded',
    result: [{ a: 2 }],
  },
  {
    name: 'a failed call is a failure of its item alone, where errors go on',
    document: calling(sending, { mode: 'eachItem' }, { onError: 'continue' }),
    items: three,
    answer: failsForTwo(refused),
    status: 'succeeded',
  },
  {
    name: 'a failed call fails its run',
    document: calling(sending, { mode: 'eachItem', concurrency: 1 }),
    items: three,
    answer: failsForTwo(refused),
    status: 'failed',
    error: { code: 'call.failed', nodeId: 'call' },
    events: [
      'call#1 child.ended',
      'call#1 child.ended call.failed',
      'call#1 child.started',
      'call#1 child.started',
      'call#1 step.calling',
      'call#1 step.failed call.failed',
      'run.created',
      'run.finished failed',
    ],
  },
  {
    name: 'another try calls what failed, with the same idempotency keys, and nothing else',
    document: calling(sending, { mode: 'eachItem', concurrency: 1 }, { retry: { maxAttempts: 2, initialMs: 10 } }),
    items: three,
    answer: failsForTwo({ status: 503 }, 1),
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }, { sent: 3 }],
  },
  {
    name: 'cancelling a run cancels what it called',
    document: calling(chain([called, { id: 'wait', type: 'core.wait', parameters: { for: '1h' } }]), {
      mode: 'eachItem',
    }),
    items: three,
    during: async (run) => {
      await run.until('child.started');
      await run.cancel();
    },
    status: 'cancelled',
    events: [
      'call#1 child.started',
      'call#1 child.started',
      'call#1 child.started',
      'call#1 step.calling',
      'run.cancelRequested',
      'run.created',
      'run.finished cancelled',
    ],
  },
  {
    name: 'a call that takes longer than its step may is given up',
    document: calling(
      chain([called, { id: 'wait', type: 'core.wait', parameters: { for: '1h' } }]),
      {},
      { timeoutMs: 100 },
    ),
    items: three,
    status: 'failed',
    error: { code: 'step.timeout', nodeId: 'call' },
  },
  {
    name: 'calls within calls, and in a loop',
    document: chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'loop', type: 'core.loop', parameters: { batchSize: 2 } },
        { id: 'call', type: 'core.call', parameters: { document: calling(sending, { mode: 'eachItem' }) } },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop.main', 'loop.loop>call', 'call>loop.next', 'loop.done>end'],
    ),
    items: three,
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }, { sent: 3 }],
  },
  {
    name: 'a document that cannot be called is an error of the step',
    document: calling(chain([{ id: 'noop', type: 'core.noop' }])),
    status: 'failed',
    error: { code: 'call.workflowInvalid', nodeId: 'call' },
  },
];
