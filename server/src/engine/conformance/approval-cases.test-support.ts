import { chain } from '../engine.test-support.js';
import type { ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const items = [{ n: 1 }, { n: 2 }];
const ask = (parameters: object) =>
  chain(
    [
      start,
      { id: 'ask', type: 'core.approval', parameters: { title: '=Pay {{ $json.n }}?', ...parameters } },
      { id: 'yes', type: 'core.set', parameters: { fields: { way: 'yes', by: '={{ $json.approval.by }}' } } },
      { id: 'no', type: 'core.set', parameters: { fields: { way: 'no', why: '={{ $json.approval.comment }}' } } },
      { id: 'late', type: 'core.set', parameters: { fields: { way: 'late' } } },
      { id: 'join', type: 'core.merge', parameters: { inputs: 3 } },
      {
        id: 'end',
        type: 'core.set',
        parameters: {
          fields: {
            n: '={{ $json.n }}',
            way: '={{ $json.way }}',
            by: '={{ $json.by }}',
            why: '={{ $json.why }}',
            sum: '={{ $json.approval.data?.sum }}',
          },
          keep: 'none',
        },
      },
    ],
    [
      'start>ask',
      'ask.approved>yes',
      'ask.rejected>no',
      'ask.timeout>late',
      'yes>join.in1',
      'no>join.in2',
      'late>join.in3',
      'join>end',
    ],
  );
const came = (way: string, by: string | null = null, more: { why?: string; sum?: number } = {}) =>
  items.map((item) => ({ ...item, way, by, why: more.why ?? null, sum: more.sum ?? null }));

/** Waits for people. */
export const approvalCases: ConformanceCase[] = [
  {
    name: 'what is approved goes on with who approved it and what they filled in',
    document: ask({ form: [{ name: 'sum', kind: 'number' }] }),
    items,
    during: (run) => run.decide('ask', 'approved', 'ana@example.test', { data: { sum: 5 } }),
    status: 'succeeded',
    result: came('yes', 'ana@example.test', { sum: 5 }),
  },
  {
    name: 'one of three rejects, and it goes the other way',
    document: ask({ approvers: ['ana@example.test', 'ben@example.test', 'cem@example.test'], required: 2 }),
    items,
    during: async (run) => {
      await run.decide('ask', 'approved', 'ana@example.test');
      await run.decide('ask', 'rejected', 'ben@example.test', { comment: 'too much' });
    },
    status: 'succeeded',
    result: came('no', null, { why: 'too much' }),
  },
  {
    name: 'two of three have to approve',
    document: ask({ approvers: ['ana@example.test', 'ben@example.test', 'cem@example.test'], required: 2 }),
    items,
    during: async (run) => {
      await run.decide('ask', 'approved', 'ana@example.test');
      await run.until('wait.decided', 'ask');
      await run.decide('ask', 'approved', 'cem@example.test');
    },
    status: 'succeeded',
    result: came('yes', 'cem@example.test'),
  },
  {
    name: 'when nobody decides in time it goes a way of its own',
    document: ask({ timeout: '1s' }),
    items,
    status: 'succeeded',
    result: came('late'),
  },
];
