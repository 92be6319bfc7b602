import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workflowDocument } from '@wfaib/sdk/workflow-document';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { startEngine, type TestEngine } from '../engine.test-support.js';
import { Admission, maxBacklog } from './admission.service.js';

const noop = workflowDocument.parse({
  wfaib: 1,
  name: 'Nothing',
  nodes: [{ id: 'start', name: 'Start', type: 'core.manual' }],
  connections: [],
});

let db: TestDatabase;
let engine: TestEngine;
let admission: Admission;
beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
  admission = engine.get(Admission);
  const run = await engine.launch(noop);
  await run.end(30_000);
});
afterAll(async () => {
  await engine.stop();
  await db.drop();
});

/** Copies the run as one that was accepted `ageMs` ago and that nobody has begun. Held, so that no host takes it up. */
async function leavePending(count: number, ageMs: number): Promise<void> {
  const columns = await db.database.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'run' AND column_name NOT IN ('id', 'status', 'ended_at', 'host', 'created_at')`,
  );
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  await db.database.query(
    `INSERT INTO run (id, status, host, created_at, ${names})
     SELECT (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - $2::bigint), 12, '0') || '70008000' || lpad(to_hex(i), 12, '0'))::uuid,
       'pending', 'temporal', now(), ${names} FROM (SELECT * FROM run WHERE ended_at IS NOT NULL LIMIT 1) model, generate_series(1, $1::int) i`,
    [count, ageMs],
  );
  await admission.look();
}

const clear = () => db.database.query(`DELETE FROM run WHERE status = 'pending'`);

describe('admission', () => {
  it('takes everything while runs are begun in good time', async () => {
    await leavePending(100, 500);
    expect(() => admission.check(true)).not.toThrow();
    await clear();
  });

  it('refuses who would wait for an answer while accepted runs wait to be begun, and still keeps the rest', async () => {
    await leavePending(1, 10_000);
    expect(() => admission.check(true)).toThrow(expect.objectContaining({ code: 'server.busy', retryAfterMs: 2_000 }));
    expect(() => admission.check(false)).not.toThrow();
    await clear();
    await admission.look();
    expect(() => admission.check(true)).not.toThrow();
  });

  it('promises nothing to anybody beyond the backlog it can keep', async () => {
    await leavePending(maxBacklog + 1, 100);
    expect(() => admission.check(false)).toThrow(expect.objectContaining({ code: 'server.busy' }));
    await clear();
  });
});
