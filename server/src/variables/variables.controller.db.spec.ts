import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, path, json === undefined ? {} : { json });

const reading = {
  wfaib: 1,
  name: 'Reads',
  nodes: [
    { id: 'start', name: 'Start', type: 'core.manual' },
    {
      id: 'set',
      name: 'Set',
      type: 'core.set',
      parameters: { keep: 'none', fields: { url: '={{ $vars.apiUrl }}/orders', none: '={{ $vars.unknown }}' } },
    },
  ],
  connections: [{ from: { node: 'start' }, to: { node: 'set' } }],
};
const read = async () => {
  const { body } = await call('POST', '/api/runs?wait=20s', { document: reading });
  return body.result?.items?.[0]?.json as unknown;
};

describe('the API of variables', () => {
  it('creates, lists, shows, changes and deletes', async () => {
    const created = await call('POST', '/api/variables', { name: 'limits', value: { max: 3 } });
    expect(created).toMatchObject({ status: 201, body: { name: 'limits', value: { max: 3 } } });
    const path = `/api/variables/${created.body.id}`;
    expect((await call('PUT', path, { value: [1] })).body).toMatchObject({ name: 'limits', value: [1] });
    expect((await call('GET', path)).body).toMatchObject({ name: 'limits', value: [1] });
    expect((await call('GET', '/api/variables')).body.items).toHaveLength(1);
    expect((await call('DELETE', path)).status).toBe(204);
    expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 'variable.notFound' } });
  });

  it('keeps names apart', async () => {
    const one = await call('POST', '/api/variables', { name: 'one', value: 1 });
    await call('POST', '/api/variables', { name: 'two', value: 2 });
    const taken = { status: 409, body: { code: 'variable.taken' } };
    expect(await call('POST', '/api/variables', { name: 'one', value: 3 })).toMatchObject(taken);
    expect(await call('PUT', `/api/variables/${one.body.id}`, { name: 'two' })).toMatchObject(taken);
  });

  it.each([
    ['a name with a space', { name: 'my url', value: 1 }],
    ['a name that is the prototype of things', { name: '__proto__', value: 1 }],
    ['a name that expressions refuse', { name: 'constructor', value: 1 }],
    ['no value', { name: 'x' }],
    ['an unknown property', { name: 'x', value: 1, secret: true }],
  ])('refuses %s', async (_, body) => {
    expect(await call('POST', '/api/variables', body)).toMatchObject({ status: 400 });
  });
});

describe('$vars', () => {
  it('is what the variables of the project are when a step begins', async () => {
    const created = await call('POST', '/api/variables', { name: 'apiUrl', value: 'https://one.test' });
    expect(await read()).toEqual({ url: 'https://one.test/orders', none: null });
    await call('PUT', `/api/variables/${created.body.id}`, { value: 'https://two.test' });
    expect(await read()).toEqual({ url: 'https://two.test/orders', none: null });
  });
});
