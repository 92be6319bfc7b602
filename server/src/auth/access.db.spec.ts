import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ownerEmail,
  ownerKey,
  ownerPassword,
  startTestServer,
  type Reply,
  type TestServer,
} from '../../../test/support/test-server.js';
import { RouteAudit } from './route-audit.service.js';

let server: TestServer;
let cookie: string;
beforeAll(async () => {
  server = await startTestServer();
  cookie = cookieOf(await signIn(ownerPassword));
});
afterAll(() => server?.stop());

const signIn = (password: string, headers: Record<string, string> = {}): Promise<Reply> =>
  server.call('POST', '/api/session', { json: { email: ownerEmail, password }, headers });
const cookieOf = (reply: Reply): string => reply.headers.get('set-cookie')!.split(';')[0]!;
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const statusFor = async (headers: Record<string, string>, method = 'GET', json?: unknown): Promise<number> =>
  (await server.call(method, '/api/api-keys', { headers, ...(json === undefined ? {} : { json }) })).status;
const newKey = async (name: string): Promise<{ id: string; key: string }> =>
  (await server.call('POST', '/api/api-keys', { json: { name } })).body;

describe('a route that needs a permission', () => {
  it('answers 401 without a credential', async () => {
    expect(await statusFor({})).toBe(401);
  });

  it.each(['Bearer wrong', 'Bearer ', 'Basic YTpi', 'x', `Basic ${ownerKey}`])(
    'answers 401 to the authorization "%s"',
    async (authorization) => {
      expect(await statusFor({ authorization })).toBe(401);
    },
  );

  it('answers 401 to a bad key even where the session is good', async () => {
    expect(await statusFor({ ...bearer('wrong'), cookie })).toBe(401);
  });

  it('lets the key of the settings in', async () => {
    expect(await statusFor(bearer(ownerKey))).toBe(200);
  });

  it('lets a session in', async () => {
    expect(await statusFor({ cookie })).toBe(200);
  });

  it.each(['wfaib=', 'wfaib=wrong', 'other=1'])('answers 401 to the cookie "%s"', async (given) => {
    expect(await statusFor({ cookie: given })).toBe(401);
  });

  it('answers 403 and names the permission to a role that does not include it', async () => {
    const viewerKey = await keyOfAnother('viewer', server.db.projectId);
    expect(await server.call('GET', '/api/api-keys', { headers: bearer(viewerKey) })).toMatchObject({
      status: 403,
      body: { code: 'auth.denied', permission: 'settings:read' },
    });
  });
});

describe('an API key', () => {
  it('is shown once, works, and stops working when it is revoked', async () => {
    const { id, key } = await newKey('for a while');
    expect(key).toMatch(/^wfaib_[0-9a-f]{8}_[\w-]{43}$/);
    expect(await statusFor(bearer(key))).toBe(200);
    expect((await server.call('DELETE', `/api/api-keys/${id}`)).status).toBe(204);
    expect(await statusFor(bearer(key))).toBe(401);
    expect((await server.call('DELETE', `/api/api-keys/${id}`)).status).toBe(404);
  });

  it('is listed by its first characters only', async () => {
    const { key } = await newKey('listed');
    const reply = await server.call('GET', '/api/api-keys');
    expect(reply.body.items[0]).toMatchObject({ name: 'listed', prefix: key.slice(0, 14) });
    expect(JSON.stringify(reply.body)).not.toContain(key);
  });

  it('is not in the database as it is', async () => {
    const { key } = await newKey('hashed');
    const rows = await server.db.database.query(
      "SELECT row_to_json(k)::text || encode(secret_hash, 'escape') AS row FROM api_key k",
    );
    expect(JSON.stringify(rows)).not.toContain(key.slice(15));
  });

  it('of another project neither sees nor ends keys of this one', async () => {
    const foreign = await keyOfAnother('owner', await newProject());
    const { id } = await newKey('not yours');
    expect((await server.call('GET', '/api/api-keys', { headers: bearer(foreign) })).body.items).toHaveLength(1);
    expect((await server.call('DELETE', `/api/api-keys/${id}`, { headers: bearer(foreign) })).status).toBe(404);
  });

  it('does not open a project it is not bound to', async () => {
    const headers = { ...bearer(ownerKey), 'x-wfaib-project': await newProject() };
    expect((await server.call('GET', '/api/api-keys', { headers })).body.code).toBe('project.notFound');
  });
});

describe('a session', () => {
  it('tells who is signed in, in which project, and what they may do', async () => {
    const { body } = await server.call('GET', '/api/session', { headers: { cookie } });
    expect(body).toMatchObject({
      user: { email: ownerEmail, name: 'owner' },
      project: { name: 'Default' },
      setupNeeded: false,
    });
    expect(body.permissions).toContain('settings:edit');
  });

  it('is nobody without a cookie', async () => {
    expect((await server.call('GET', '/api/session', { headers: {} })).body).toMatchObject({
      user: null,
      project: null,
      setupNeeded: false,
    });
  });

  it('lives in a cookie that scripts and other sites cannot use', async () => {
    expect((await signIn(ownerPassword)).headers.get('set-cookie')).toMatch(
      /^wfaib=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
  });

  it('is new at each sign-in', async () => {
    expect(cookieOf(await signIn(ownerPassword))).not.toBe(cookie);
  });

  it('ends with signing out', async () => {
    const own = cookieOf(await signIn(ownerPassword));
    expect((await server.call('DELETE', '/api/session', { headers: { cookie: own } })).status).toBe(204);
    expect(await statusFor({ cookie: own })).toBe(401);
  });

  it.each(['expires_at = now()', "last_used_at = now() - interval '13 hours'"])('has ended when %s', async (change) => {
    const own = cookieOf(await signIn(ownerPassword));
    await server.db.database.query(`UPDATE session SET ${change} WHERE id = (SELECT max(id::text)::uuid FROM session)`);
    expect(await statusFor({ cookie: own })).toBe(401);
  });

  it('does not open a project the person is not in', async () => {
    expect(await statusFor({ cookie, 'x-wfaib-project': await newProject() })).toBe(404);
    expect(await statusFor({ cookie, 'x-wfaib-project': 'nonsense' })).toBe(404);
  });
});

describe('a request from a page', () => {
  const post = (headers: Record<string, string>) => statusFor({ cookie, ...headers }, 'POST', { name: 'from a page' });

  it('of this server is let in', async () => {
    expect(await post({ origin: server.url })).toBe(201);
  });

  it.each(['https://evil.test', 'null', 'http://127.0.0.1:1'])('of %s is refused', async (origin) => {
    expect(await post({ origin })).toBe(403);
  });

  it('that the browser calls foreign is refused', async () => {
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(201);
  });

  it('of another site cannot sign in or out either', async () => {
    expect((await signIn(ownerPassword, { origin: 'https://evil.test' })).status).toBe(403);
    const reply = await server.call('DELETE', '/api/session', { headers: { cookie, origin: 'https://evil.test' } });
    expect(reply.status).toBe(403);
  });

  it('is not asked for its origin when it carries an API key', async () => {
    expect(await statusFor({ ...bearer(ownerKey), origin: 'https://tool.test' }, 'POST', { name: 'from a tool' })).toBe(
      201,
    );
  });
});

describe('signing in', () => {
  it('fails the same way for a wrong password and an unknown person', async () => {
    const wrong = await signIn('wrong password');
    const unknown = await server.call('POST', '/api/session', {
      json: { email: 'nobody@example.test', password: 'x' },
      headers: {},
    });
    expect([wrong.status, wrong.body.code, wrong.body.message]).toEqual([
      unknown.status,
      unknown.body.code,
      unknown.body.message,
    ]);
    expect(wrong.body.code).toBe('auth.signInFailed');
  });

  it('is slowed down after some wrong passwords, for this account only', async () => {
    const guess = () =>
      server.call('POST', '/api/session', { json: { email: 'victim@example.test', password: 'x' }, headers: {} });
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401);
    const sixth = await guess();
    expect(sixth).toMatchObject({ status: 429, body: { code: 'request.rateLimited' } });
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(ownerPassword)).status).toBe(200);
  });

  it('takes the e-mail in any case', async () => {
    const json = { email: ownerEmail.toUpperCase(), password: ownerPassword };
    expect((await server.call('POST', '/api/session', { json, headers: {} })).status).toBe(200);
  });
});

it('opens these routes to everyone, and no other', () => {
  const open = server.app
    .get(RouteAudit)
    .routes()
    .filter(({ access }) => access === 'public');
  expect(open.map(({ route }) => route)).toMatchInlineSnapshot(`
    [
      "DELETE /api/session",
      "GET /api/approval-links/:token",
      "GET /api/openapi.json",
      "GET /api/session",
      "GET /health/live",
      "GET /health/ready",
      "GET /metrics",
      "OPTIONS /codec/decode",
      "OPTIONS /codec/encode",
      "POST /api/approval-links/:token",
      "POST /api/session",
      "POST /api/setup",
    ]
  `);
});

async function newProject(): Promise<string> {
  const id = randomUUID();
  await server.db.database.query("INSERT INTO project (id, name) VALUES ($1, 'Another')", [id]);
  return id;
}

/** The API key of a new person with this role in this project. */
async function keyOfAnother(role: string, projectId: string): Promise<string> {
  const userId = randomUUID();
  const key = `key-${randomUUID()}`;
  const { query } = { query: (sql: string, values: unknown[]) => server.db.database.query(sql, values) };
  await query("INSERT INTO app_user (id, email, name, password_hash) VALUES ($1, $2, 'x', 'x')", [
    userId,
    `${userId}@example.test`,
  ]);
  await query('INSERT INTO membership (project_id, user_id, role) VALUES ($1, $2, $3)', [projectId, userId, role]);
  await query(
    "INSERT INTO api_key (id, user_id, project_id, name, prefix, secret_hash) VALUES ($1, $2, $3, 'x', 'x', sha256($4::bytea))",
    [randomUUID(), userId, projectId, key],
  );
  return key;
}
