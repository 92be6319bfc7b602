import { expect, it } from 'vitest';
import { calledDocuments } from './called-documents.js';
import { checkOffline } from './offline-documents.js';
import { runTestFile } from './run-test-file.js';
import { testFile, type TestFileInput } from './test-file.schema.js';

const called = {
  wfaib: 1,
  name: 'Sends',
  nodes: [
    { id: 'in', name: 'In', type: 'core.called' },
    { id: 'send', name: 'Send', type: 'mail.send', parameters: { to: '={{ $json.to }}' } },
    { id: 'wait', name: 'Wait', type: 'core.wait', parameters: { for: '2h' } },
  ],
  connections: [
    { from: { node: 'in' }, to: { node: 'send' } },
    { from: { node: 'send' }, to: { node: 'wait' } },
  ],
};
const caller = (parameters: object, more: object = {}) => ({
  wfaib: 1,
  name: 'Caller',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'call', name: 'Call', type: 'core.call', parameters: { mode: 'eachItem', ...parameters }, ...more },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'call' } }],
});

async function play(document: unknown, test: TestFileInput) {
  const { document: checked, describe } = checkOffline(document);
  const read = testFile.parse(test);
  const result = await runTestFile(read, { document: checked!, describe, called: calledDocuments(read.called, '/') });
  return result.cases.map(({ ok, failures, problem }) => (ok ? 'ok' : (problem?.code ?? failures)));
}

const two = [{ to: 'a' }, { to: 'b' }];

it('plays a document that stands in the step, with stand-ins of its own, in virtual time', async () => {
  const steps = { Send: { each: { sent: '={{ $json.to }}' } } };
  const cases = [{ name: 'sends', input: two, expect: { result: [{ sent: 'a' }, { sent: 'b' }], elapsed: '2h' } }];
  expect(await play(caller({ document: called }), { called: { Sends: { steps } }, cases })).toEqual(['ok']);
});

it('handles the failure of a called workflow as the step says', async () => {
  const steps = { Send: { error: { code: 'mail.refused', retryable: false } } };
  const result = [{ error: { code: 'call.failed' } }, { error: { code: 'call.failed' } }];
  const cases = [{ name: 'refused', input: two, expect: { result } }];
  const document = caller({ document: called }, { onError: 'continue' });
  expect(await play(document, { called: { Sends: { steps } }, cases })).toEqual(['ok']);
});

it('lets an answer stand in for the whole step', async () => {
  const cases = [{ name: 'answered', input: two, steps: { Call: { items: { done: true } } } }];
  expect(await play(caller({ workflowId: 'w' }), { cases })).toEqual(['ok']);
});

it('says that it does not have a workflow', async () => {
  const cases = [{ name: 'unknown', input: two }];
  expect(await play(caller({ workflowId: 'w' }), { cases })).toEqual(['rehearsal.nothingIsCalled']);
});

it('gives the variables of the test to expressions', async () => {
  const document = {
    wfaib: 1,
    name: 'Reads',
    nodes: [
      { id: 'start', name: 'Start', type: 'core.manual' },
      { id: 'set', name: 'Set', type: 'core.set', parameters: { keep: 'none', fields: { at: '={{ $vars.url }}' } } },
    ],
    connections: [{ from: { node: 'start' }, to: { node: 'set' } }],
  };
  const cases = [
    { name: 'of the file', expect: { result: [{ at: 'file' }] } },
    { name: 'of the case', variables: { url: 'case' }, expect: { result: [{ at: 'case' }] } },
  ];
  expect(await play(document, { variables: { url: 'file' }, cases })).toEqual(['ok', 'ok']);
});
