import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { createLog } from '../logging/logger.service.js';
import { ConnectorCatalog } from './connector-catalog.service.js';
import { startHost } from './connector-host.test-support.js';
import { ConnectorInstaller } from './connector-installer.service.js';
import { ConnectorsRepository } from './connectors.repository.js';

let db: TestDatabase;
const { host, processes } = startHost();

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await host.onApplicationShutdown();
  await db.drop();
});

async function install(): Promise<ConnectorCatalog> {
  const catalog = new ConnectorCatalog();
  const repository = new ConnectorsRepository(db.database);
  await new ConnectorInstaller(host, repository, catalog, createLog('silent')).onModuleInit();
  return catalog;
}

it('describes all plugins at the first start, and again only what changed', async () => {
  const catalog = await install();
  expect(catalog.connectorList().map(({ id }) => id)).toEqual(['good', 'hostile', 'http', 'postgres', 'rss']);
  await db.database.query(
    `UPDATE connector SET descriptor = replace(descriptor::text, 'HTTP request', 'Stored')::json`,
  );
  expect((await install()).describe('http.request')?.label).toBe('Stored');
  await db.database.query(`UPDATE connector SET fingerprint = 'old' WHERE id = 'http'`);
  expect((await install()).describe('http.request')?.label).toBe('HTTP request');
});

it('leaves no process behind that only described', async () => {
  await db.database.query('DELETE FROM connector');
  await install();
  const left = () => processes.list().filter(({ role }) => role === 'connectors');
  await expect.poll(left).toEqual([]);
});

it('keeps the order of fields, and knows every kind of credential once', async () => {
  const catalog = await install();
  expect(Object.keys(catalog.describe('http.request')!.fields).slice(0, 4)).toEqual([
    'url',
    'method',
    'headers',
    'query',
  ]);
  const kinds = catalog.kinds().map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual([
    'basic',
    'bearer',
    'good.account',
    'header',
    'hmac',
    'postgres.connection',
    'query',
  ]);
  expect(catalog.describe('http.request', 2)).toBeUndefined();
});
