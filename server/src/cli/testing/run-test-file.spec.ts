import { readFileSync } from 'node:fs';
import type { WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { afterAll, describe, expect, it } from 'vitest';
import { CodeRunner } from './code-runner.js';
import { checkOffline } from './offline-documents.js';
import { runTestFile, type TestResult } from './run-test-file.js';
import { testFile, type TestFileInput } from './test-file.schema.js';

type Node = Partial<WorkflowDocumentInput['nodes'][number]> & { id: string; type: string };

/** Nodes named after their ids; links as `from.port>to.port`. */
function aDocument(nodes: Node[], links: string[]): unknown {
  const connections = links.map((link) => {
    const [from, to] = link.split('>').map((end) => end.split('.'));
    return { from: { node: from![0]!, port: from![1] ?? 'main' }, to: { node: to![0]!, port: to![1] ?? 'main' } };
  });
  return { wfaib: 1, name: 'Test', nodes: nodes.map((node) => ({ name: node.id, ...node })), connections };
}

const code = new CodeRunner();
afterAll(() => code.close());

async function test(document: unknown, written: TestFileInput): Promise<TestResult> {
  const { document: sound, describe: describeNode, problems } = checkOffline(document);
  if (!sound) throw new Error(JSON.stringify(problems));
  return runTestFile(testFile.parse(written), { document: sound, describe: describeNode, runCode: code.run });
}

function example(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../docs/examples/${name}`, import.meta.url), 'utf8'));
}

/** Orders are fetched in batches of two, each is sent with retries, what fails is kept, and a merge tells both apart. */
const shop = aDocument(
  [
    { id: 'start', type: 'core.manual' },
    { id: 'orders', type: 'shop.list' },
    { id: 'loop', type: 'core.loop', parameters: { batchSize: 2 } },
    {
      id: 'send',
      type: 'shop.send',
      parameters: { order: '={{ $json.id }}' },
      retry: { maxAttempts: 3, initialMs: 1_000, factor: 2 },
      onError: 'errorOutput',
    },
    { id: 'pause', type: 'core.wait', parameters: { for: '10m' } },
    { id: 'failed', type: 'core.set', parameters: { keep: ['id'], fields: { why: '={{ $json.error.code }}' } } },
    { id: 'join', type: 'core.merge' },
    { id: 'sum', type: 'core.aggregate', parameters: { into: 'all' } },
  ],
  [
    'start>orders',
    'orders>loop',
    'loop.loop>send',
    'send>pause',
    'pause>join.in1',
    'send.error>failed',
    'failed>join.in2',
    'join>loop.next',
    'loop.done>sum',
  ],
);

describe('wfaib test', () => {
  it('plays the GitHub example through the real nodes, expressions and sandbox', async () => {
    const result = await test(example('github-triage.json'), example('github-triage.test.json') as TestFileInput);
    expect(result.cases.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.coverage).toMatchObject({ percent: 100, nodes: { total: 6 }, branches: { total: 3 } });
  });

  it('answers approvals, or lets their time run out', async () => {
    const ask = { title: 'Pay?', timeout: '3d', onTimeout: 'reject' };
    const approval = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'ask', type: 'core.approval', parameters: ask },
        { id: 'yes', type: 'core.noop' },
        { id: 'no', type: 'core.noop' },
      ],
      ['start>ask', 'ask.approved>yes', 'ask.rejected>no'],
    );
    const result = await test(approval, {
      cases: [
        {
          name: 'approved',
          steps: { ask: { decision: 'approve', by: 'ana@example.test', data: { sum: 5 } } },
          expect: {
            result: { approval: { decision: 'approved', by: 'ana@example.test', data: { sum: 5 } } },
            ran: ['yes'],
          },
        },
        {
          name: 'nobody decides',
          expect: {
            result: { approval: { decision: 'rejected', by: null, timedOut: true } },
            ran: ['no'],
            elapsed: '3d',
          },
        },
      ],
    });
    expect(result.cases.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('goes through a merge, a loop, a wait, retries and an error output in virtual time', async () => {
    const orders = [1, 2, 3].map((id) => ({ id }));
    const busy = { error: { code: 'shop.busy' } };
    const result = await test(shop, {
      steps: { orders: { items: orders } },
      cases: [
        {
          name: 'sends all',
          steps: { send: { each: { sent: '={{ $json.id }}' } } },
          expect: {
            result: { all: [{ sent: 1 }, { sent: 2 }, { sent: 3 }] },
            notRun: ['failed'],
            steps: { send: { visits: 2, attempts: 1 }, pause: { visits: 2 } },
            elapsed: '20m',
          },
        },
        {
          name: 'tries again what failed, and only that',
          steps: {
            send: [
              { each: [{ items: { sent: 1 } }, busy] },
              { each: [{ items: { sent: 1 } }, busy] },
              { each: [{ items: { sent: 1 } }, { items: { sent: 2 } }] },
              { each: [{ items: { sent: 3 } }] },
            ],
          },
          expect: { result: { all: [{ sent: 1 }, { sent: 2 }, { sent: 3 }] }, elapsed: '20m3s' },
        },
        {
          name: 'keeps what failed for good',
          steps: { send: { error: { code: 'shop.refused', retryable: false } } },
          expect: {
            result: { all: [1, 2, 3].map((id) => ({ id, why: 'shop.refused' })) },
            notRun: ['pause'],
            elapsed: '0s',
          },
        },
      ],
    });
    expect(result.cases.filter(({ ok }) => !ok)).toEqual([]);
    expect(result.coverage).toMatchObject({ percent: 100, branches: { total: 4 } });
    expect(result.cases[1]!.journal).toContain('+0ms     step.retrying "send" try 1: shop.busy, again at +1s');
    expect(result.cases[1]!.journal).toContain('+3s      step.waiting "pause" for a timer until +10m3s');
  });

  it('ends waits as the case says, and stops where it says nothing', async () => {
    const document = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'call', type: 'core.wait', parameters: { webhook: true, timeout: '2d' } },
        { id: 'after', type: 'core.set', parameters: { fields: { got: '={{ $json.code }}' }, keep: 'none' } },
        { id: 'late', type: 'core.noop' },
        { id: 'ever', type: 'core.wait', parameters: { webhook: true } },
      ],
      ['start>call', 'call>after', 'call.timeout>late', 'after>ever'],
    );
    const result = await test(document, {
      cases: [
        { name: 'called', steps: { call: { resume: { code: 7 } } }, expect: { status: 'waiting', ran: ['after'] } },
        { name: 'not called', expect: { ran: ['late'], notRun: ['after'], elapsed: '2d' } },
        {
          name: 'called twice',
          steps: { call: { resume: { code: 7 } }, ever: { resume: { code: 8 } } },
          expect: { result: { code: 8 }, elapsed: '0s', steps: { after: { items: { got: 7 } } } },
        },
      ],
    });
    expect(result.cases.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('refuses to reach the outside, whatever the step does about errors', async () => {
    const document = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        {
          id: 'call',
          type: 'http.request',
          parameters: { url: 'http://example.test' },
          onError: 'continue',
          retry: {},
        },
      ],
      ['start>call'],
    );
    const { cases } = await test(document, { cases: [{ name: 'no answer', expect: {} }] });
    expect(cases[0]).toMatchObject({ ok: false, problem: { code: 'rehearsal.nothingStandsIn' } });
    expect(cases[0]!.problem!.message).toContain('"call" (http.request)');
  });

  it('decides about a step that the run is paused at: again, without it, or with other items', async () => {
    const document = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'send', type: 'shop.send', onError: 'pause' },
        { id: 'after', type: 'core.noop' },
      ],
      ['start>send', 'send>after'],
    );
    const error = { error: { code: 'http.status', status: 400, retryable: false } };
    const input = { n: 1 };
    const { cases } = await test(document, {
      cases: [
        { name: 'nobody', input, steps: { send: error }, expect: { status: 'paused', notRun: ['after'] } },
        {
          name: 'again',
          input,
          steps: { send: [error, { action: 'retry' }, { items: { sent: true } }] },
          expect: { result: { sent: true }, steps: { send: { attempts: 2 } } },
        },
        { name: 'without', input, steps: { send: [error, { action: 'skip' }] }, expect: { result: { n: 1 } } },
        {
          name: 'nothing',
          input,
          steps: { send: [error, { action: 'skip', with: 'nothing' }] },
          expect: { notRun: ['after'] },
        },
        {
          name: 'by hand',
          input,
          steps: { send: [error, { action: 'use', items: { sent: 'by hand' } }] },
          expect: { result: { sent: 'by hand' } },
        },
      ],
    });
    expect(cases.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('says when a step is called more often than there are answers', async () => {
    const document = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'one', type: 'core.noop' },
        { id: 'two', type: 'core.noop' },
        { id: 'send', type: 'shop.send' },
      ],
      ['start>one', 'start>two', 'one>send', 'two>send'],
    );
    const { cases } = await test(document, { cases: [{ name: 'twice', steps: { send: [{ items: {} }] } }] });
    expect(cases[0]!.problem!.code).toBe('test.answersUsedUp');
  });

  it('names each expectation that did not come true, with both values', async () => {
    const document = aDocument(
      [
        { id: 'start', type: 'core.manual' },
        { id: 'set', type: 'core.set', parameters: { fields: { total: '={{ $json.qty * 2 }}' } } },
      ],
      ['start>set'],
    );
    const { ok, cases } = await test(document, {
      cases: [
        { name: 'part', input: { qty: 2 }, expect: { result: { total: 5 }, notRun: ['set'] } },
        { name: 'whole', input: { qty: 2 }, expect: { result: { total: 4 }, exact: true } },
      ],
    });
    expect(ok).toBe(false);
    expect(cases[0]!.failures).toEqual([
      { what: 'result[0].total', expected: 5, actual: 4 },
      { what: 'step "set"', expected: 'not run', actual: 'ran' },
    ]);
    expect(cases[1]!.failures).toEqual([{ what: 'result[0].qty', expected: undefined, actual: 2 }]);
  });

  it('knows each name of a test, or says so', async () => {
    const document = aDocument([{ id: 'start', type: 'core.manual' }], []);
    const wrong = test(document, { cases: [{ name: 'typo', expect: { ran: ['stat'] } }] });
    await expect(wrong).rejects.toMatchObject({ code: 'test.fileWrong' });
  });
});
