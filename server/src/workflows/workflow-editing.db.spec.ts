import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { WorkflowEditing } from './workflow-editing.service.js';
import type { EditingAsk } from './workflow-editing.schemas.js';

let server: TestServer;
let id: string;
const benId = '00000000-0000-7000-8000-0000000000be';
beforeAll(async () => {
  server = await startTestServer();
  await server.db.database.query(
    `INSERT INTO app_user (id, email, name, password_hash, is_owner) VALUES ($1, 'ben@example.test', 'Ben', '', false)`,
    [benId],
  );
});
beforeEach(async () => {
  const json = { wfaib: 1, name: 'Shared', nodes: [], connections: [] };
  ({ id } = (await server.call('POST', '/api/workflows', { json })).body);
});
afterAll(() => server?.stop());

const mine = async (tab: string, more: object = {}) =>
  (await server.call('POST', `/api/workflows/${id}/editing`, { json: { tab, ...more } })).body;
/** Ben, who has no key of his own. */
const bens = (want: EditingAsk['want'] = 'hold') =>
  server.app
    .get(WorkflowEditing)
    .tell({ userId: benId, projectId: server.db.projectId }, id, { tab: 'bens', active: false, want });
const pass = (seconds: number, column = 'seen_at') =>
  server.db.database.query(
    `UPDATE workflow_editing SET ${column} = ${column} - $2 * interval '1 second' WHERE workflow_id = $1`,
    [id, seconds],
  );

it('lets one tab edit, and tells the others who does and which revision there is', async () => {
  expect(await mine('one')).toMatchObject({ mine: true, revision: 1, asked: null });
  expect(await bens()).toMatchObject({ mine: false, holder: { name: expect.any(String), you: false }, mayTake: false });
  expect(await mine('two')).toMatchObject({ mine: false, holder: { you: true }, mayTake: true });
  await server.call('PUT', `/api/workflows/${id}`, {
    json: { wfaib: 1, name: 'Saved', nodes: [], connections: [] },
    ifMatch: '"1"',
  });
  expect(await bens()).toMatchObject({ mine: false, revision: 2 });
});

it('tells who holds it that somebody asks, and hands over', async () => {
  await mine('one');
  expect(await bens('ask')).toMatchObject({ mine: false, asked: { you: true } });
  expect(await mine('one')).toMatchObject({ mine: true, asked: { name: 'Ben', you: false } });
  expect(await mine('one', { want: 'give' })).toMatchObject({ mine: false, holder: { name: 'Ben' } });
  expect(await bens()).toMatchObject({ mine: true });
});

it('refuses what a tab saves after another took over, and asks nobody for a turn who names no tab', async () => {
  const save = (revision: number, tab?: string) =>
    server.call('PUT', `/api/workflows/${id}`, {
      json: { wfaib: 1, name: tab ?? 'Script', nodes: [], connections: [] },
      headers: { authorization: 'Bearer owner-key-of-the-test-server', ...(tab ? { 'wfaib-tab': tab } : {}) },
      ifMatch: `"${revision}"`,
    });
  expect((await save(1, 'nobody has the turn')).status).toBe(200);
  await mine('one');
  expect((await save(2, 'one')).status).toBe(200);
  await mine('two', { want: 'take' });
  expect(await save(3, 'one')).toMatchObject({ status: 409, body: { code: 'workflow.editedElsewhere' } });
  expect((await save(3, 'two')).status).toBe(200);
  expect((await save(4)).status).toBe(200);
  await pass(31);
  expect((await save(5, 'one')).status).toBe(200);
});

it('has one editor whose saves count after two tabs took over at once', async () => {
  await mine('one');
  const taken = await Promise.all(['two', 'three'].map((tab) => mine(tab, { want: 'take' })));
  expect(taken.some((answer) => answer.mine)).toBe(true);
  const statuses = await Promise.all(
    ['one', 'two', 'three'].map(
      async (tab) =>
        (
          await server.call('PUT', `/api/workflows/${id}`, {
            json: { wfaib: 1, name: tab, nodes: [], connections: [] },
            headers: { authorization: 'Bearer owner-key-of-the-test-server', 'wfaib-tab': tab },
            ifMatch: '*',
          })
        ).status,
    ),
  );
  expect(statuses.sort()).toEqual([200, 409, 409]);
});

it('offers to take over from who is idle', async () => {
  await mine('one');
  await pass(61, 'active_at');
  expect(await bens()).toMatchObject({ mine: false, mayTake: true });
  expect(await bens('take')).toMatchObject({ mine: true });
  expect(await mine('one')).toMatchObject({ mine: false, holder: { name: 'Ben', you: false } });
});

it('keeps the turn over a reload, and ends it when the tab stays away', async () => {
  await mine('one');
  expect((await server.call('DELETE', `/api/workflows/${id}/editing/one`)).status).toBe(204);
  expect(await mine('one')).toMatchObject({ mine: true });
  await server.call('DELETE', `/api/workflows/${id}/editing/one`);
  expect(await bens()).toMatchObject({ mine: false });
  await pass(7);
  expect(await bens()).toMatchObject({ mine: true });
});

it('does not let another person end a turn', async () => {
  await bens();
  await server.call('DELETE', `/api/workflows/${id}/editing/bens`);
  await pass(20);
  expect(await mine('one')).toMatchObject({ mine: false });
});

it('gives the turn to one of many that ask at once', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => mine(`tab ${index}`)));
  expect(answers.filter((answer) => answer.mine)).toHaveLength(1);
});

it('does not exist for workflows of other projects', async () => {
  await server.db.database.query('UPDATE workflow SET project_id = gen_random_uuid() WHERE id = $1', [id]);
  expect((await server.call('POST', `/api/workflows/${id}/editing`, { json: { tab: 'x' } })).status).toBe(404);
});
