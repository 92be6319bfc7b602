import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ownerEmail, ownerKey, startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { OwnerSetup } from './owner-setup.service.js';

let server: TestServer;
afterEach(() => server?.stop());

const linkFile = () => join(server.dataDir, 'owner-link');
const link = () => readFileSync(linkFile(), 'utf8').trim();
const tokenOf = (text: string) => new URL(text).searchParams.get('token')!;
const complete = (token: string, more: object = {}) =>
  server.call('POST', '/api/setup', {
    json: { token, email: 'me@example.test', password: 'quite long enough', ...more },
    headers: {},
  });

describe('a new server', () => {
  it('writes a link for the owner that only this user of the machine can read', async () => {
    server = await startTestServer({ owner: false });
    expect(link()).toMatch(new RegExp(`^${server.url}/setup\\?token=[\\w-]{43}$`));
    expect((statSync(linkFile()).mode & 0o777).toString(8)).toBe('600');
    expect((await server.call('GET', '/api/session', { headers: {} })).body.setupNeeded).toBe(true);
  });

  it('makes the owner once, and signs them in', async () => {
    server = await startTestServer({ owner: false });
    const token = tokenOf(link());
    const reply = await complete(token);
    expect(reply).toMatchObject({
      status: 201,
      body: { user: { email: 'me@example.test', name: 'me' }, setupNeeded: false },
    });
    expect(reply.headers.get('set-cookie')).toMatch(/^wfaib=/);
    expect(existsSync(linkFile())).toBe(false);
    expect(await complete(token)).toMatchObject({ status: 409, body: { code: 'auth.setupDone' } });
  });

  it('refuses a wrong token and a short password, and the link stays good', async () => {
    server = await startTestServer({ owner: false });
    expect(await complete('wrong')).toMatchObject({ status: 401, body: { code: 'auth.setupTokenInvalid' } });
    expect((await complete(tokenOf(link()), { password: 'short' })).status).toBe(400);
    expect((await complete(tokenOf(link()))).status).toBe(201);
  });

  it('gives one owner to two people who use the link at once', async () => {
    server = await startTestServer({ owner: false });
    const token = tokenOf(link());
    const statuses = (await Promise.all([complete(token), complete(token, { email: 'other@example.test' })])).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([201, 409]);
  });

  it('keeps the link over a restart', async () => {
    server = await startTestServer({ owner: false });
    const before = link();
    await server.app.get(OwnerSetup).announce();
    expect(link()).toBe(before);
  });

  it('shows a new link where the old one is lost', async () => {
    server = await startTestServer({ owner: false, environment: { WFAIB_API_KEY: ownerKey } });
    const before = tokenOf(link());
    await server.db.database.query('DELETE FROM setup_token');
    await server.app.get(OwnerSetup).announce();
    expect(tokenOf(link())).not.toBe(before);
    expect((await complete(before)).status).toBe(401);
    expect((await complete(tokenOf(link()))).status).toBe(201);
    expect((await server.call('GET', '/api/api-keys')).status).toBe(200);
  });
});

describe('an unattended install', () => {
  it('has its owner and key from the start, and no link', async () => {
    server = await startTestServer();
    expect(existsSync(linkFile())).toBe(false);
    expect((await server.call('GET', '/api/session')).body.user.email).toBe(ownerEmail);
    await server.app.get(OwnerSetup).onApplicationBootstrap();
    expect((await server.call('GET', '/api/api-keys')).body.items).toHaveLength(1);
  });
});
