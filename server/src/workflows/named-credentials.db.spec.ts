import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { WFAIB_EGRESS_ALLOW: '127.0.0.0/8' } });
});
afterAll(() => server?.stop());

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, path, json === undefined ? {} : { json });

const asking = (credentialId: string, disabled = false) => ({
  wfaib: 1,
  name: 'Asks a database',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    {
      id: 'ask',
      name: 'Ask',
      type: 'postgres.query',
      parameters: { sql: 'SELECT 1' },
      credentials: { auth: credentialId },
      disabled,
    },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'ask' } }],
});
const problemsOf = async (document: unknown) =>
  (await call('POST', '/api/workflows/validate', document)).body.problems as unknown[];
const aCredential = async () => {
  const values = { host: '127.0.0.1', port: 3149, database: 'x', user: 'x', password: 'x' };
  const { body } = await call('POST', '/api/credentials', { name: 'Db', kind: 'postgres.connection', values });
  return body.id as string;
};

it('refuses to publish and to run what uses a credential that is not there, and names the step', async () => {
  const id = await aCredential();
  const { body } = await call('POST', '/api/workflows', asking(id));
  expect(body.problems).toEqual([]);
  await call('DELETE', `/api/credentials/${id}`);
  const problem = { severity: 'error', code: 'credential.unknown', nodeId: 'ask', field: 'credentials.auth' };
  const refused = { status: 422, body: { code: 'workflow.invalid', problems: [problem] } };
  expect(await problemsOf(asking(id))).toMatchObject([problem]);
  expect((await call('GET', `/api/workflows/${body.id}`)).body.problems).toMatchObject([problem]);
  expect(await call('POST', `/api/workflows/${body.id}/publish`, {})).toMatchObject(refused);
  const draft = { workflowId: body.id, version: 'draft', mode: 'test' };
  expect(await call('POST', '/api/runs', draft)).toMatchObject(refused);
  expect(await call('POST', '/api/runs', { document: asking(id) })).toMatchObject(refused);
  const [listed] = (await call('GET', '/api/workflows?q=asks')).body.items;
  expect(listed.credentialProblems).toMatchObject([problem]);
  expect(listed.draft).toBeUndefined();
});

it('warns of a credential whose last test failed, until its values are changed', async () => {
  const id = await aCredential();
  expect(await problemsOf(asking(id))).toEqual([]);
  expect((await call('GET', `/api/credentials/${id}`)).body.lastTest).toBeNull();
  expect((await call('POST', `/api/credentials/${id}/test`)).body.ok).toBe(false);
  const { body } = await call('GET', `/api/credentials/${id}`);
  expect(body.lastTest).toMatchObject({ ok: false, message: expect.stringContaining('ECONNREFUSED') });
  const problem = { severity: 'warning', code: 'credential.failing', nodeId: 'ask', field: 'credentials.auth' };
  expect(await problemsOf(asking(id))).toMatchObject([problem]);
  const workflow = await call('POST', '/api/workflows', asking(id));
  expect((await call('POST', `/api/workflows/${workflow.body.id}/publish`, {})).status).toBe(200);
  await call('PUT', `/api/credentials/${id}`, { name: 'Named otherwise', values: {} });
  expect(await problemsOf(asking(id))).toMatchObject([problem]);
  await call('PUT', `/api/credentials/${id}`, { values: { password: 'y' } });
  expect(await problemsOf(asking(id))).toEqual([]);
});

it('says nothing of steps that are disabled, and of a document in any shape', async () => {
  expect(await problemsOf(asking(randomUUID(), true))).toEqual([]);
  const odd = { ...asking('not an id'), name: 'Odd' };
  expect(await problemsOf(odd)).toMatchObject([{ code: 'credential.unknown' }]);
  await call('POST', '/api/workflows', { wfaib: 1, name: 'Odd', nodes: [{ credentials: 7 }, { id: 'x' }] });
  expect((await call('GET', '/api/workflows?q=odd')).body.items[0].credentialProblems).toEqual([]);
});
