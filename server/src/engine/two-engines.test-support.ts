import { afterAll } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { startEngine, type TestEngine } from './engine.test-support.js';

/** Two servers on one database for the spec that calls it, stopped after its last test. */
export async function startTwoEngines(): Promise<{ db: TestDatabase; one: TestEngine; two: TestEngine }> {
  const db = await createTestDatabase();
  afterAll(() => db.drop());
  const one = await startEngine(db);
  afterAll(() => one.stop());
  const two = await startEngine(db);
  afterAll(() => two.stop());
  return { db, one, two };
}
