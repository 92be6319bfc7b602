import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { WFAIB_EGRESS_ALLOW: '127.0.0.0/8' } });
});
afterAll(() => server?.stop());

const ask = (connector: string, json: object) => server.call('POST', `/api/connectors/${connector}/choices`, { json });

it('asks the connector with the credential, and says in words why there are no choices', async () => {
  const values = { host: '127.0.0.1', port: 1, database: 'none', user: 'none', password: 'nobody-sees-this' };
  const created = await server.call('POST', '/api/credentials', {
    json: { name: 'Nowhere', kind: 'postgres.connection', values },
  });
  const answer = await ask('postgres', { loader: 'tables', credentialId: created.body.id });
  expect(answer).toMatchObject({
    status: 200,
    body: { items: [], error: { message: expect.stringContaining('127.0.0.1') } },
  });
  expect(JSON.stringify(answer.body)).not.toContain('nobody-sees');
  expect(await ask('postgres', { loader: 'tables' })).toMatchObject({
    status: 200,
    body: { items: [], error: { message: 'This step needs a PostgreSQL credential.' } },
  });
});

it('finds no credential of nobody, and no connector that is not installed', async () => {
  const credentialId = '00000000-0000-7000-8000-000000000000';
  expect(await ask('postgres', { loader: 'tables', credentialId })).toMatchObject({ status: 404 });
  expect(await ask('nothing', { loader: 'x' })).toMatchObject({ body: { error: { code: 'connector.unknown' } } });
});
