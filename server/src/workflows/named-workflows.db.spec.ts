import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, path, json === undefined ? {} : { json });

const calling = (workflowId: string, settings: object = {}) => ({
  wfaib: 1,
  name: 'Caller',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'call', name: 'Call', type: 'core.call', parameters: { workflowId } },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'call' } }],
  settings,
});
const called = {
  wfaib: 1,
  name: 'Called',
  nodes: [
    { id: 'in', name: 'In', type: 'core.called' },
    { id: 'end', name: 'End', type: 'core.noop' },
  ],
  connections: [{ from: { node: 'in' }, to: { node: 'end' } }],
};
const problemsOf = async (document: unknown) =>
  (await call('POST', '/api/workflows/validate', document)).body.problems as unknown[];

it('refuses to publish a workflow that calls one that is not there, and names the step', async () => {
  const document = calling(randomUUID());
  const problem = { severity: 'error', code: 'parameter.invalid', nodeId: 'call', field: 'parameters.workflowId' };
  expect(await problemsOf(document)).toMatchObject([problem]);
  const { body } = await call('POST', '/api/workflows', document);
  expect(body.problems).toMatchObject([problem]);
  const published = await call('POST', `/api/workflows/${body.id}/publish`, {});
  expect(published).toMatchObject({ status: 422, body: { code: 'workflow.invalid', problems: [problem] } });
});

it('warns of a workflow that is not live, and of an error workflow of no use, and calls it once it is live', async () => {
  const { body } = await call('POST', '/api/workflows', called);
  const document = calling(body.id, { errorWorkflowId: randomUUID() });
  expect(await problemsOf(document)).toMatchObject([
    { severity: 'warning', nodeId: 'call' },
    { severity: 'warning', field: 'settings.errorWorkflowId' },
  ]);
  await call('POST', `/api/workflows/${body.id}/publish`, {});
  expect(await problemsOf(calling(body.id))).toEqual([]);
  const run = await call('POST', '/api/runs?wait=20s', { document: calling(body.id), input: { n: 1 } });
  expect(run.body).toMatchObject({ status: 'succeeded', result: { items: [{ json: { n: 1 } }] } });
});

it('leaves an expression to the run', async () => {
  expect(await problemsOf(calling('={{ $json.workflow }}'))).toEqual([]);
});
