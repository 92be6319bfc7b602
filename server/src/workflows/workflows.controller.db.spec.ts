import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { Workflows } from './workflows.service.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const aDocument = (name = 'Greeting') => ({
  wfaib: 1,
  name,
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual', typeVersion: 1, parameters: {} },
    { id: 'set', name: 'Set', type: 'core.set', typeVersion: 1, parameters: { fields: { hello: 'world' } } },
  ],
  connections: [{ from: { node: 'start', port: 'main' }, to: { node: 'set', port: 'main' } }],
});

const create = async (document: unknown) => (await server.call('POST', '/api/workflows', { json: document })).body;
const strangerId = '00000000-0000-7000-8000-000000000000';

/** A workflow of a project the caller does not belong to. */
async function foreignWorkflow(): Promise<string> {
  const { id } = await create(aDocument('Foreign'));
  await server.db.database.query('UPDATE workflow SET project_id = gen_random_uuid() WHERE id = $1', [id]);
  return id as string;
}

describe('a draft', () => {
  it('is kept as it was sent and shown with its revision', async () => {
    const { status, body, headers } = await server.call('POST', '/api/workflows', { json: aDocument() });
    expect(status).toBe(201);
    expect(body).toMatchObject({ name: 'Greeting', revision: 1, live: null, versions: [], problems: [] });
    expect(body.draft).toEqual(aDocument());
    expect(headers.get('etag')).toBe('"1"');
    expect((await server.call('GET', `/api/workflows/${body.id}`)).body).toEqual(body);
  });

  it('keeps the order of keys', async () => {
    const sent = '{"settings":{"timezone":"UTC"},"name":"Order","b":1,"a":{"z":1,"y":2},"wfaib":1}';
    const headers = { authorization: 'Bearer owner-key-of-the-test-server', 'content-type': 'application/json' };
    const { body } = await server.call('POST', '/api/workflows', { body: sent, headers });
    expect(JSON.stringify(body.draft)).toBe(sent);
  });

  it.each([
    ['an empty object', {}],
    ['nodes that are none yet', { wfaib: 1, name: 'x', nodes: [{}, { id: '', type: 5 }], connections: [{}] }],
    ['another format', { wfaib: 99, name: 'x', nodes: [], connections: [] }],
    ['characters PostgreSQL cannot store as such', { name: 'a\u0000b\ud800', nodes: [{ id: '\u0000' }] }],
    ['keys that mean something to JavaScript', JSON.parse('{"__proto__":{"a":1},"constructor":{"prototype":{}}}')],
  ])('of %s is kept with its problems', async (_what, document) => {
    const { status, body } = await server.call('POST', '/api/workflows', { json: document });
    expect(status).toBe(201);
    expect(body.problems.length).toBeGreaterThan(0);
    expect(body.draft).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each([
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number', '5'],
    ['nothing', ''],
    ['nesting without end', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['broken JSON', '{"a":'],
  ])('of %s is refused', async (_what, body) => {
    const headers = { authorization: 'Bearer owner-key-of-the-test-server', 'content-type': 'application/json' };
    expect((await server.call('POST', '/api/workflows', { body, headers })).status).toBe(400);
    expect((await server.call('POST', '/api/workflows/validate', { body, headers })).status).toBe(400);
  });

  it.each([
    ['wfaib', { wfaib: 'x' }],
    ['name', { name: 5 }],
    ['name', { name: 'x'.repeat(201) }],
    ['nodes', { nodes: {} }],
    ['nodes.1', { nodes: [{}, null] }],
    ['nodes.0.name', { nodes: [{ name: [] }] }],
    ['connections', { connections: null }],
    ['connections.0.from', { connections: [{ from: 1 }] }],
    ['settings', { settings: [] }],
  ])('that is no workflow, by its %s, is refused and the field named', async (path, document) => {
    for (const answer of [
      await server.call('POST', '/api/workflows', { json: document }),
      await server.call('PUT', `/api/workflows/${strangerId}`, { ifMatch: '*', json: document }),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'request.invalid', problems: [{ path }] } });
    }
  });

  it('is not saved without saying which revision it was made from', async () => {
    const { id } = await create(aDocument());
    expect(await server.call('PUT', `/api/workflows/${id}`, { json: aDocument('Blind') })).toMatchObject({
      status: 428,
      body: { code: 'workflow.revisionRequired', message: expect.stringContaining('If-Match') },
    });
    expect((await server.call('GET', `/api/workflows/${id}`)).body.name).toBe('Greeting');
  });

  it('is saved over the revision it was made from', async () => {
    const { id } = await create(aDocument());
    const headers = { authorization: 'Bearer owner-key-of-the-test-server', 'if-match': '"1"' };
    const saved = await server.call('PUT', `/api/workflows/${id}`, { json: aDocument('Renamed'), headers });
    expect(saved).toMatchObject({ status: 200, body: { name: 'Renamed', revision: 2 } });
    expect(saved.headers.get('etag')).toBe('"2"');
  });

  it('is not saved over what somebody else saved, and says where it stands', async () => {
    const { id } = await create(aDocument());
    const authorization = 'Bearer owner-key-of-the-test-server';
    await server.call('PUT', `/api/workflows/${id}`, { ifMatch: '*', json: aDocument('First') });
    for (const ifMatch of ['"1"', 'W/"1"', '1', '"nonsense"', '"99999999999"']) {
      const headers = { authorization, 'if-match': ifMatch };
      expect(await server.call('PUT', `/api/workflows/${id}`, { json: aDocument('Second'), headers })).toMatchObject({
        status: 409,
        body: { code: 'workflow.conflict', revision: 2, savedBy: 'owner', savedAt: expect.any(String) },
      });
    }
    expect((await server.call('GET', `/api/workflows/${id}`)).body.name).toBe('First');
  });

  it('can be checked without being kept', async () => {
    const { status, body } = await server.call('POST', '/api/workflows/validate', {
      json: { ...aDocument(), connections: [{ from: { node: 'start' }, to: { node: 'nobody' } }] },
    });
    expect(status).toBe(200);
    expect(body.problems).toMatchObject([
      { code: 'connection.dangling', severity: 'error' },
      { code: 'graph.unreached', severity: 'warning' },
    ]);
  });
});

describe('the list of workflows', () => {
  it('comes newest change first, in pages, and can be searched', async () => {
    const ids: string[] = [];
    for (const name of ['Pager one', 'Pager two', 'Pager three'])
      ids.push((await create(aDocument(name))).id as string);
    await server.call('PUT', `/api/workflows/${ids[0]}`, { ifMatch: '*', json: aDocument('Pager one') });
    const first = (await server.call('GET', '/api/workflows?q=PAGER&limit=2')).body;
    expect(first.items.map((item: { name: string }) => item.name)).toEqual(['Pager one', 'Pager three']);
    const second = (await server.call('GET', `/api/workflows?q=pager&limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.items.map((item: { name: string }) => item.name)).toEqual(['Pager two']);
    expect(second.nextCursor).toBeNull();
  });

  it.each([
    'cursor=x',
    'cursor=e30',
    'limit=0',
    'limit=x',
    'q=%00',
    `cursor=${Buffer.from('{"sortKey":"9999-99-99 00:00:00+00","id":"x"}').toString('base64url')}`,
  ])('never fails for a query of %s', async (query) => {
    expect((await server.call('GET', `/api/workflows?${query}`)).status).toBeLessThan(500);
  });
});

describe('workflows of other projects', () => {
  it('do not exist for the caller', async () => {
    const foreign = await foreignWorkflow();
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['PUT', '', aDocument()],
      ['DELETE', ''],
      ['GET', '/versions'],
      ['GET', '/versions/1'],
    ];
    for (const id of [foreign, strangerId, 'nonsense']) {
      for (const [method, path, json] of calls) {
        const options = json === undefined ? {} : { ifMatch: '*', json };
        const answer = await server.call(method, `/api/workflows/${id}${path}`, options);
        expect([method, path, answer.status]).toEqual([method, path, 404]);
      }
    }
    expect((await server.call('GET', '/api/workflows?q=foreign')).body.items).toEqual([]);
  });
});

it('deletes a workflow that is not live', async () => {
  const { id } = await create(aDocument());
  expect((await server.call('DELETE', `/api/workflows/${id}`)).status).toBe(204);
  expect((await server.call('GET', `/api/workflows/${id}`)).status).toBe(404);
});

it('lists the node types of the server and of the connectors', async () => {
  const { body } = await server.call('GET', '/api/node-types');
  const types = body.items.map((item: { type: string }) => item.type);
  expect(types).toEqual(expect.arrayContaining(['core.webhook', 'core.set', 'core.respond']));
});

describe('who changed what', () => {
  const second = '00000000-0000-7000-8000-0000000000be';
  const changesOf = async (id: string) => (await server.call('GET', `/api/workflows/${id}/changes`)).body.items;

  it('is known for each step until it is published', async () => {
    await server.db.database.query(
      `INSERT INTO app_user (id, email, name, password_hash, is_owner) VALUES ($1, 'ben@example.test', 'Ben', '', false)`,
      [second],
    );
    const { id } = await create(aDocument());
    await server.call('POST', `/api/workflows/${id}/publish`);
    expect(await changesOf(id)).toEqual([]);
    const changed = aDocument();
    changed.nodes[1]!.parameters = { fields: { hello: 'Ben' } } as never;
    const ben = { userId: second, projectId: server.db.projectId };
    await server.app.get(Workflows).saveDraft(ben, id, changed, undefined);
    expect(await changesOf(id)).toEqual([{ part: 'node', nodeId: 'set', name: 'Ben', at: expect.any(String) }]);
    await server.call('POST', `/api/workflows/${id}/publish`);
    expect(await changesOf(id)).toEqual([]);
  });
});

describe('a version', () => {
  it('keeps the note it was published with, and takes another later', async () => {
    const { id } = await create(aDocument());
    const versions = async () => (await server.call('GET', `/api/workflows/${id}/versions`)).body.items;
    await server.call('POST', `/api/workflows/${id}/publish`, { json: { note: ' First\0 try ' } });
    expect(await versions()).toMatchObject([{ version: 1, note: 'First try' }]);
    const note = (version: number, json: object) =>
      server.call('PATCH', `/api/workflows/${id}/versions/${version}`, { json });
    expect((await note(1, { note: 'It worked' })).status).toBe(204);
    expect((await server.call('GET', `/api/workflows/${id}/versions/1`)).body).toMatchObject({ note: 'It worked' });
    expect((await note(2, { note: 'x' })).status).toBe(404);
    expect((await note(1, { note: 'x'.repeat(2_001) })).status).toBe(400);
    expect((await note(1, { document: {} })).status).toBe(400);
  });
});
