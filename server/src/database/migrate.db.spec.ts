import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { createDataSource } from './data-source.js';
import { migrate } from './migrate.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it('starts with one default project', async () => {
  expect(await db.database.query('SELECT name FROM project WHERE is_default')).toEqual([{ name: 'Default' }]);
});

it('lets two servers migrate an empty database at once', async () => {
  await db.dataSource.query('CREATE SCHEMA empty');
  const url = `${db.url}?options=-c%20search_path%3Dempty`;
  const servers = [1, 2].map(() => createDataSource({ url, poolSize: 2, applicationName: 'test' }));
  await Promise.all(servers.map((server) => server.initialize()));
  await Promise.all(servers.map((server) => migrate(server)));
  expect(await servers[0]!.query('SELECT count(*)::int AS count FROM empty.project')).toEqual([{ count: 1 }]);
  await Promise.all(servers.map((server) => server.destroy()));
});

it('can take every migration back', async () => {
  await db.dataSource.query('DROP SCHEMA IF EXISTS back CASCADE; CREATE SCHEMA back');
  const url = `${db.url}?options=-c%20search_path%3Dback`;
  const server = createDataSource({ url, poolSize: 2, applicationName: 'test' });
  await server.initialize();
  await migrate(server);
  for (let left = server.migrations.length; left > 0; left--) await server.undoLastMigration({ transaction: 'each' });
  const tables = await server.query<{ table_name: string }[]>(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = 'back'",
  );
  expect(tables.map((table) => table.table_name)).toEqual(['schema_migration']);
  await server.destroy();
});
