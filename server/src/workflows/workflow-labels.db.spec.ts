import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, `/api/workflows${path}`, json === undefined ? {} : { json });
const aWorkflow = async (name: string, place: object) => {
  const { body } = await call('POST', '', { wfaib: 1, name, nodes: [], connections: [] });
  expect((await call('PATCH', `/${body.id}`, place)).status).toBe(204);
  return body.id as string;
};
const names = async (query: string) =>
  (await call('GET', query)).body.items.map(({ name }: { name: string }) => name).toSorted();

it('workflows are found by folder, what is within it included, by tag, and by being live', async () => {
  await aWorkflow('Invoices', { folder: 'Sales/Europe', tags: ['money'] });
  await aWorkflow('Quotes', { folder: ' Sales / ', tags: ['money', 'mail', 'mail'] });
  await aWorkflow('Salesman', { folder: 'Salesman' });
  expect(await names('?folder=Sales')).toEqual(['Invoices', 'Quotes']);
  expect(await names('?folder=Sales/Europe')).toEqual(['Invoices']);
  expect(await names('?tag=money')).toEqual(['Invoices', 'Quotes']);
  expect(await names('?tag=mail&folder=Sales')).toEqual(['Quotes']);
  expect(await names('?live=true')).toEqual([]);
  expect((await call('GET', '/labels')).body).toEqual({
    folders: [
      { name: 'Sales', count: 1 },
      { name: 'Sales/Europe', count: 1 },
      { name: 'Salesman', count: 1 },
    ],
    tags: [
      { name: 'mail', count: 1 },
      { name: 'money', count: 2 },
    ],
  });
});

it('moving a workflow keeps its tags, its document and its revision', async () => {
  const id = await aWorkflow('Mover', { tags: ['keep'] });
  const before = (await call('GET', `/${id}`)).body;
  await call('PATCH', `/${id}`, { folder: 'Elsewhere' });
  expect((await call('GET', `/${id}`)).body).toEqual(before);
  const { items } = (await call('GET', '?q=mover')).body;
  expect(items).toMatchObject([{ folder: 'Elsewhere', tags: ['keep'], owner: expect.stringContaining('owner') }]);
});

it.each([{ tags: [''] }, { tags: 'x' }, { folder: 5 }, { tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }])(
  'refuses %j with 400',
  async (body) => {
    const id = await aWorkflow('Rubbish', {});
    expect((await call('PATCH', `/${id}`, body)).status).toBe(400);
  },
);

it('does not find workflows of other projects', async () => {
  const id = await aWorkflow('Foreign', {});
  await server.db.database.query('UPDATE workflow SET project_id = gen_random_uuid() WHERE id = $1', [id]);
  expect((await call('PATCH', `/${id}`, { folder: 'Mine' })).status).toBe(404);
});
