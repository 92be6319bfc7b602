import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasRedis, startTestRedis, type TestRedis } from '../../../../test/support/redis.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { takes, value } from '../conformance/conformance-case.test-support.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { Reconciler } from '../reconciler/reconciler.service.js';

describe.skipIf(!hasRedis)('the queue in Redis', () => {
  let redis: TestRedis;
  let db: TestDatabase;
  let engine: TestEngine;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis?.drop());
  beforeEach(async () => {
    db = await createTestDatabase({ poolSize: 4 });
    engine = await startEngine(db, { REDIS_URL: redis.url });
  });
  afterEach(async () => {
    await engine?.stop();
    await db?.drop();
  });

  const start = { id: 'start', type: 'core.manual' };
  const send = { id: 'send', type: 'test.send', parameters: value };
  const queued = { durability: 'queue' };
  const waiting = chain(
    [start, { id: 'wait', type: 'core.wait', parameters: { webhook: true } }, send],
    undefined,
    queued,
  );
  const launch = (document: typeof waiting, n: number) => engine.launch(document, [{ n }], { answersCaller: false });

  /** As if everything had happened a minute before. */
  async function passAMinute(): Promise<void> {
    await db.database.query("UPDATE run_event SET at = at - interval '1 minute'");
    await db.database.query("UPDATE run_inbox SET created_at = created_at - interval '1 minute'");
  }

  it('carries runs, and PostgreSQL holds none of it', async () => {
    const run = await launch(chain([start, send], undefined, queued), 1);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 1 } }] } });
    expect(await redis.send('EXISTS wfaib:wfaib-runs:meta')).toBe(':1\r\n');
    expect(await db.database.query("SELECT 1 FROM pg_namespace WHERE nspname = 'bullmq'")).toEqual([]);
  });

  it('loses and doubles nothing when it is emptied', async () => {
    engine.answer = takes(500)();
    const waits = await launch(waiting, 1);
    await handleOf(engine, db, waits.runId).until('step.waiting');
    const atWork = await launch(chain([start, send], undefined, queued), 2);
    await handleOf(engine, db, atWork.runId).until('step.intended');
    await redis.send('FLUSHALL');
    expect(await atWork.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
    await handleOf(engine, db, waits.runId).resume([{ n: 7 }]);
    expect(await waits.end(20_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 7 } }] } });
    expect(engine.calls).toHaveLength(2);
  });

  it('goes on with what came while it was dead, once it is back, empty', async () => {
    const waits = await launch(waiting, 1);
    await handleOf(engine, db, waits.runId).until('step.waiting');
    await redis.stop();
    const later = await launch(chain([start, send], undefined, queued), 2);
    await handleOf(engine, db, waits.runId).resume([{ n: 7 }]);
    const [row] = await db.database.query<{ status: string }>('SELECT status FROM run WHERE id = $1', [later.runId]);
    expect(row!.status).toBe('pending');
    await redis.start();
    await passAMinute();
    const ends = Promise.all([later.end(20_000), waits.end(20_000)]);
    // The connection to Redis comes back in its own time: the reconciler sends wake-ups until they are taken.
    const rounds = setInterval(() => void engine.get(Reconciler).round(), 300);
    const [ofLater, ofWaits] = await ends.finally(() => clearInterval(rounds));
    expect(ofLater).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 2 } }] } });
    expect(ofWaits).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 7 } }] } });
    expect(engine.calls).toHaveLength(2);
  });
});
