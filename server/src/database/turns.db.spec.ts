import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { Turns } from './turns.service.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

it('lets one do a piece of work at a time, and different work side by side', async () => {
  const turns = new Turns(db.database);
  const inner = turns.take('clean', async () => [
    await turns.take('clean', () => Promise.resolve('twice')),
    await turns.take('count', () => Promise.resolve('other')),
  ]);
  expect(await inner).toEqual([undefined, 'other']);
  expect(await turns.take('clean', () => Promise.resolve('again'))).toBe('again');
});

it('gives the turn of a broken connection to the next one, and lets the work come to its end', async () => {
  const turns = new Turns(db.database);
  const breaking = turns.take('clean', async () => {
    await db.database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7311604
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await expect.poll(() => turns.take('clean', () => Promise.resolve('next'))).toBe('next');
    return 'done';
  });
  expect(await breaking).toBe('done');
});
