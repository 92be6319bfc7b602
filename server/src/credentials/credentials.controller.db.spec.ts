import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ environment: { WFAIB_EGRESS_ALLOW: '127.0.0.0/8' } });
});
afterAll(() => server?.stop());

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, path, json === undefined ? {} : { json });

const bearer = { name: 'Token', kind: 'bearer', values: { token: 'nobody-sees-this' } };

describe('the API of credentials', () => {
  it('lists the kinds with their forms', async () => {
    const { body } = await call('GET', '/api/credential-kinds');
    const kinds = Object.fromEntries(body.items.map((kind: { kind: string }) => [kind.kind, kind]));
    expect(kinds).toMatchObject({
      basic: { fields: { username: { required: true }, password: { kind: 'secret' } } },
      header: { label: 'Header' },
      bearer: {},
      query: {},
      'postgres.connection': { canTest: true, fields: { host: {}, password: { kind: 'secret' } } },
    });
  });

  it('creates, shows, changes and deletes, and never answers a value', async () => {
    const created = await call('POST', '/api/credentials', bearer);
    expect(created).toMatchObject({ status: 201, body: { kind: 'bearer', fields: { token: { hasValue: true } } } });
    const path = `/api/credentials/${created.body.id}`;
    const changed = await call('PUT', path, { name: 'Other', values: { token: 'nobody-sees-that' } });
    const answers = [created, changed, await call('GET', path), await call('GET', '/api/credentials')];
    expect(JSON.stringify(answers)).not.toContain('nobody-sees');
    expect(changed.body.name).toBe('Other');
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'credential.notFound' } });
  });

  it.each([
    ['an unknown kind', { ...bearer, kind: 'magic' }, 422, 'credential.invalid'],
    ['a missing value', { ...bearer, values: {} }, 422, 'credential.invalid'],
    ['a missing name', { kind: 'bearer' }, 400, 'request.invalid'],
    ['an unknown property', { ...bearer, value: 'x' }, 400, 'request.invalid'],
  ])('refuses %s', async (_, request, status, code) => {
    expect(await call('POST', '/api/credentials', request)).toMatchObject({ status, body: { code } });
  });

  it('tests a credential at its service', async () => {
    const values = { host: '127.0.0.1', port: 3149, database: 'x', user: 'x', password: 'nobody-sees-this' };
    const created = await call('POST', '/api/credentials', { name: 'Db', kind: 'postgres.connection', values });
    const tested = await call('POST', `/api/credentials/${created.body.id}/test`);
    expect(tested).toMatchObject({
      status: 200,
      body: { ok: false, message: expect.stringContaining('ECONNREFUSED') },
    });
  });

  it('lists connectors with the hosts they may talk to', async () => {
    const { body } = await call('GET', '/api/connectors');
    expect(body.items.map(({ id, egress }: { id: string; egress: string[] }) => [id, egress])).toEqual([
      ['http', ['*']],
      ['postgres', ['*']],
      ['rss', ['*']],
    ]);
  });
});
