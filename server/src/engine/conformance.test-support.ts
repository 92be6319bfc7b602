import type { StepError } from '@wfaib/sdk/errors';
import type { JsonObject } from '@wfaib/sdk/items';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import type { TestDatabase } from '../../../test/support/test-database.js';
import type { RunEvent } from '../interpreter/run-events.types.js';
import { chain, type Answer } from './engine.test-support.js';

/** A document, and what every host has to make of it. */
export interface ConformanceCase {
  name: string;
  document: WorkflowDocument;
  items: JsonObject[];
  /** Makes the answers of the connector `test` anew for each run. */
  answer?: () => Answer;
  status: 'succeeded' | 'failed' | 'cancelled';
  error?: Partial<StepError>;
  result?: JsonObject[];
  /** The journal without ids and times, hand-overs left out: node, event, items per port. Order within a branch. */
  events: string[];
}

/** The journal of a run in the form of {@link ConformanceCase.events}; parallel branches are put in order by name. */
export async function eventsOf(db: TestDatabase, runId: string): Promise<string[]> {
  const rows = await db.database.query<{ data: string }>('SELECT data FROM run_event WHERE run_id = $1 ORDER BY seq', [
    runId,
  ]);
  const events = rows.map(({ data }) => JSON.parse(data) as RunEvent).filter(({ type }) => type !== 'run.handedOver');
  return events.map(lineOf).toSorted();
}

function lineOf(event: RunEvent): string {
  if (!('nodeId' in event)) return event.type === 'run.finished' ? `${event.type} ${event.status}` : event.type;
  const place = `${event.nodeId}${event.iteration.map((index) => `[${index}]`).join('')}#${event.attempt}`;
  const outputs = 'outputs' in event ? ` ${JSON.stringify(event.outputs)}` : '';
  const code = 'error' in event && event.error ? ` ${event.error.code}` : '';
  return `${place} ${event.type}${outputs}${code}`;
}

const sent =
  (): Answer =>
  ({ input }) => ({ ok: true, items: [{ json: { sent: input['value'] ?? null } }] });

/** Fails item 2 once. */
const failsOnce = (): Answer => {
  let failures = 1;
  return (call) =>
    call.input['value'] === 2 && failures-- > 0
      ? { ok: false, error: { code: 'http.status', message: 'busy', status: 503 } }
      : sent()(call);
};
const failsTwo = (): Answer => (call) =>
  call.input['value'] === 2
    ? { ok: false, error: { code: 'http.status', message: 'no', status: 400, retryable: false } }
    : sent()(call);

const value = { value: '={{ $json.n }}' };

/** Grows with every rule that a host could get wrong. */
export const conformanceCases: ConformanceCase[] = [
  {
    name: 'light steps only',
    document: chain([
      { id: 'start', type: 'core.manual' },
      { id: 'twice', type: 'core.set', parameters: { fields: { twice: '={{ $json.n * 2 }}' } } },
    ]),
    items: [{ n: 1 }, { n: 2 }],
    status: 'succeeded',
    result: [
      { n: 1, twice: 2 },
      { n: 2, twice: 4 },
    ],
    events: ['run.created', 'run.finished succeeded', 'twice#1 step.succeeded {"main":2}'],
  },
  {
    name: 'an effect is intended, then done',
    document: chain([
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'end', type: 'core.noop' },
    ]),
    items: [{ n: 1 }],
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }],
    events: [
      'end#1 step.succeeded {"main":1}',
      'run.created',
      'run.finished succeeded',
      'send#1 step.intended',
      'send#1 step.succeeded {"main":1}',
    ],
  },
  {
    name: 'branches run beside each other and meet in a merge',
    document: chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'a', type: 'test.send', parameters: value },
        { id: 'b', type: 'test.fetch', parameters: value },
        { id: 'join', type: 'core.merge' },
      ],
      ['start>a', 'start>b', 'a>join.in1', 'b>join.in2'],
    ),
    items: [{ n: 1 }],
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 1 }],
    events: [
      'a#1 step.intended',
      'a#1 step.succeeded {"main":1}',
      'b#1 step.intended',
      'b#1 step.succeeded {"main":1}',
      'join#1 step.succeeded {"main":2}',
      'run.created',
      'run.finished succeeded',
    ],
  },
  {
    name: 'a retry repeats what is unfinished',
    document: chain([
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send', parameters: value, retry: { maxAttempts: 2, initialMs: 10 } },
    ]),
    items: [{ n: 1 }, { n: 2 }],
    answer: failsOnce,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }],
    events: [
      'run.created',
      'run.finished succeeded',
      'send#1 step.intended',
      'send#1 step.retrying http.status',
      'send#2 step.intended',
      'send#2 step.succeeded {"main":2}',
    ],
  },
  {
    name: 'a failure of an item leaves by the error port',
    document: chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'send', type: 'test.send', parameters: value, onError: 'errorOutput' },
        { id: 'good', type: 'core.noop' },
        { id: 'bad', type: 'core.set', parameters: { keep: 'none', fields: { code: '={{ $json.error.code }}' } } },
      ],
      ['start>send', 'send>good', 'send.error>bad'],
    ),
    items: [{ n: 1 }, { n: 2 }],
    answer: failsTwo,
    status: 'succeeded',
    result: [{ code: 'http.status' }],
    events: [
      'bad#1 step.succeeded {"main":1}',
      'good#1 step.succeeded {"main":1}',
      'run.created',
      'run.finished succeeded',
      'send#1 step.intended',
      'send#1 step.succeeded {"main":1,"error":1}',
    ],
  },
  {
    name: 'a failure ends the run',
    document: chain([
      { id: 'start', type: 'core.manual' },
      { id: 'send', type: 'test.send', parameters: value },
      { id: 'end', type: 'core.noop' },
    ]),
    items: [{ n: 2 }],
    answer: failsTwo,
    status: 'failed',
    error: { code: 'http.status', nodeId: 'send', status: 400 },
    events: ['run.created', 'run.finished failed', 'send#1 step.failed http.status', 'send#1 step.intended'],
  },
  {
    name: 'a loop goes round for each batch',
    document: chain(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'loop', type: 'core.loop', parameters: { batchSize: 2 } },
        { id: 'send', type: 'test.send', parameters: value },
        { id: 'end', type: 'core.noop' },
      ],
      ['start>loop.in', 'loop.loop>send', 'send>loop.next', 'loop.done>end'],
    ),
    items: [{ n: 1 }, { n: 2 }, { n: 3 }],
    answer: sent,
    status: 'succeeded',
    result: [{ sent: 1 }, { sent: 2 }, { sent: 3 }],
    events: [
      'end#1 step.succeeded {"main":3}',
      'loop#1 step.succeeded {"done":3}',
      'loop#1 step.succeeded {"loop":1}',
      'loop#1 step.succeeded {"loop":2}',
      'run.created',
      'run.finished succeeded',
      'send[0]#1 step.intended',
      'send[0]#1 step.succeeded {"main":2}',
      'send[1]#1 step.intended',
      'send[1]#1 step.succeeded {"main":1}',
    ],
  },
  {
    name: 'a wait ends by itself',
    document: chain([
      { id: 'start', type: 'core.manual' },
      { id: 'wait', type: 'core.wait', parameters: { for: '1s' } },
      { id: 'end', type: 'core.noop' },
    ]),
    items: [{ n: 1 }],
    status: 'succeeded',
    result: [{ n: 1 }],
    events: [
      'end#1 step.succeeded {"main":1}',
      'run.created',
      'run.finished succeeded',
      'wait#1 step.waiting',
      'wait#1 wait.resolved {"main":1}',
    ],
  },
];
