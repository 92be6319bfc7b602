import { expect } from 'vitest';
import { chain } from '../engine.test-support.js';
import { sent, value, type ConformanceCase } from './conformance-case.test-support.js';

const start = { id: 'start', type: 'core.manual' };
const items = [{ n: 1 }, { n: 2 }];

/** Code of users: light and heavy, both languages, both modes. */
export const codeCases: ConformanceCase[] = [
  {
    name: 'code sees all items at once',
    document: chain([
      start,
      {
        id: 'code',
        type: 'core.code',
        parameters: { code: 'return [{ json: { sum: items.reduce((s, i) => s + i.json.n, 0) } }];' },
      },
    ]),
    items,
    status: 'succeeded',
    result: [{ sum: 3 }],
  },
  {
    name: 'code works on each item and reads other steps, in TypeScript',
    document: chain([
      start,
      { id: 'send', type: 'test.send', parameters: value },
      {
        id: 'code',
        type: 'core.code',
        parameters: {
          language: 'typescript',
          mode: 'each',
          code: "const n: number = $('start').item.json.n;\nreturn { json: { both: `${n}-${$json.sent}` } };",
        },
      },
    ]),
    items,
    answer: sent,
    status: 'succeeded',
    result: [{ both: '1-1' }, { both: '2-2' }],
  },
  {
    name: 'code with a long limit is heavy and means the same',
    document: chain([
      start,
      {
        id: 'code',
        type: 'core.code',
        parameters: { timeoutMs: 10_000, mode: 'each', code: 'return { json: { n: $json.n * 2 } };' },
      },
      { id: 'end', type: 'core.noop' },
    ]),
    items,
    status: 'succeeded',
    result: [{ n: 2 }, { n: 4 }],
  },
  {
    name: 'code that throws fails the run with its own message',
    document: chain([
      start,
      { id: 'code', type: 'core.code', parameters: { code: '\nthrow new Error("no luck");' } },
      { id: 'never', type: 'core.noop' },
    ]),
    items,
    status: 'failed',
    error: { nodeId: 'code', message: expect.stringContaining('no luck') as string },
  },
  {
    name: 'code that throws is tried again where the policy names its error',
    document: chain([
      start,
      {
        id: 'code',
        type: 'core.code',
        parameters: { code: 'throw new Error("no luck");' },
        retry: { maxAttempts: 2, initialMs: 10, on: ['code.failed'] },
      },
    ]),
    items,
    status: 'failed',
    error: { code: 'code.failed' },
    events: [
      'code#1 step.retrying code.failed',
      'code#2 step.failed code.failed',
      'run.created',
      'run.finished failed',
    ],
  },
];
