import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerEmail, startTestServer, type TestServer } from '../../../test/support/test-server.js';

const asking = (parameters: object, disabled = false) => ({
  wfaib: 1,
  name: 'Refund',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    { id: 'ask', name: 'Ask', type: 'core.approval', parameters: { title: 'Go?', ...parameters }, disabled },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'ask' } }],
});
const warning = { severity: 'warning', code: 'parameter.invalid', nodeId: 'ask' };
const unheard = {
  ...warning,
  field: 'parameters.approvers',
  message:
    '"Ask" asks boss@elsewhere.test by mail, and no mail is sent here. Set WFAIB_SMTP_URL, or ask people who have an account.',
};

describe('where no mail is sent', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  const problemsOf = async (document: unknown) =>
    (await server.call('POST', '/api/workflows/validate', { json: document })).body.problems as unknown[];
  const addPerson = async (role: string) => {
    const id = randomUUID();
    const project = server.db.projectId;
    await server.db.database.query(
      `INSERT INTO app_user (id, email, name, password_hash, is_owner) VALUES ($1, $2, 'x', 'x', false)`,
      [id, `${id}@example.test`],
    );
    await server.db.database.query('INSERT INTO membership (project_id, user_id, role) VALUES ($1, $2, $3)', [
      project,
      id,
      role,
    ]);
  };

  it('warns of approvers without an account, and publishes', async () => {
    const document = asking({ approvers: [`${ownerEmail.toUpperCase()}, boss@elsewhere.test`] });
    expect(await problemsOf(document)).toEqual([expect.objectContaining(unheard)]);
    const { body } = await server.call('POST', '/api/workflows', { json: document });
    expect(body.problems).toMatchObject([unheard]);
    expect((await server.call('GET', `/api/workflows/${body.id}`)).body.problems).toMatchObject([unheard]);
    expect((await server.call('POST', `/api/workflows/${body.id}/publish`, { json: {} })).status).toBe(200);
  });

  it.each([
    ['users', asking({ approvers: [ownerEmail, randomUUID()] })],
    ['whom an expression names', asking({ approvers: ['={{ $json.boss }}@elsewhere.test'] })],
    ['nobody yet, because it is disabled', asking({ approvers: ['boss@elsewhere.test'], required: 1 }, true)],
  ])('says nothing of an approval that asks %s', async (_whom, document) => {
    expect(await problemsOf(document)).toEqual([]);
  });

  it('warns while more have to approve than may control runs, where nobody is named', async () => {
    const document = asking({ required: 2 });
    const message =
      '"Ask" needs 2 people to approve; people who may control runs in this project: 1. Name who is to approve, or ask fewer.';
    const tooFew = { ...warning, field: 'parameters.required', message };
    expect(await problemsOf(document)).toMatchObject([tooFew]);
    await addPerson('viewer');
    expect(await problemsOf(document)).toMatchObject([tooFew]);
    expect(await problemsOf(asking({ required: 2, approvers: '={{ $json.both }}' }))).toEqual([]);
    await addPerson('runner');
    expect(await problemsOf(document)).toEqual([]);
  });
});

describe('where mail is sent', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer({ environment: { WFAIB_SMTP_URL: 'smtp://127.0.0.1:1' } });
  });
  afterAll(() => server?.stop());

  it('says nothing of approvers without an account', async () => {
    const document = asking({ approvers: ['boss@elsewhere.test'] });
    expect((await server.call('POST', '/api/workflows/validate', { json: document })).body.problems).toEqual([]);
  });
});
