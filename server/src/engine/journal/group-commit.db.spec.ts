import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { RandomIds } from '../../clock/ids.service.js';
import { Database } from '../../database/database.service.js';
import { GroupCommit } from './group-commit.js';
import type { RunCommit } from './run-commit.types.js';
import type { RunRow } from './run-row.types.js';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

const ids = new RandomIds();

function aRun(more: Partial<RunRow> = {}): RunRow {
  const id = ids.newId();
  const fixed = { id, projectId: db.projectId, workflowId: null, workflowName: 'W', version: null, documentHash: 'h' };
  const start = {
    mode: 'production',
    durability: 'express',
    startNodeId: 'a',
    startAs: 'trigger',
    stopAt: null,
  } as const;
  const owner = { status: 'pending', host: 'process', epoch: 1, lastSeq: 0, processId: null, takeovers: 0 } as const;
  const nothing = {
    startedAt: null,
    endedAt: null,
    wakeAt: null,
    error: null,
    result: null,
    reply: null,
    compensation: null,
  };
  const links = { answersCaller: false, idempotencyKey: null, rootRunId: id, parentRunId: null, retryOf: null };
  const family = { keyRoot: id, depth: 0, calledBy: null, startedBy: null, place: null };
  return {
    ...fixed,
    ...start,
    ...owner,
    ...nothing,
    ...links,
    ...family,
    resumeSecret: 's',
    createdAt: 1_700_000_000_000,
    ...more,
  };
}

function aCommit(run: RunRow, more: Partial<RunCommit> = {}): RunCommit {
  const event = { type: 'run.paused', at: 1, reason: randomUUID() } as const;
  const nothing = { steps: [], data: [], waits: [], resolved: [], consumed: [], dropData: false };
  const related = { children: [], news: [], handed: [], taken: [], undone: [], recallsChildren: false };
  return { run, expectedSeq: run.lastSeq, events: [event], ...nothing, ...related, ...more };
}

const created = async (commits: GroupCommit, run = aRun()) => {
  expect(await commits.append(aCommit(run, { create: {} }))).toBe('committed');
  return { ...run, lastSeq: 1 };
};
const eventsOf = async (runId: string) =>
  (await db.database.query<{ seq: number }>('SELECT seq FROM run_event WHERE run_id = $1 ORDER BY seq', [runId])).map(
    ({ seq }) => seq,
  );

describe('an append', () => {
  it('is refused when somebody appended before', async () => {
    const commits = new GroupCommit(db.database);
    const run = await created(commits);
    const outcomes = await Promise.all([
      commits.append(aCommit(run)),
      new GroupCommit(db.database).append(aCommit(run)),
    ]);
    expect(outcomes.sort()).toEqual(['committed', 'conflict']);
    expect(await eventsOf(run.id)).toEqual([1, 2]);
  });

  it('is fenced when the run has another owner, and writes nothing', async () => {
    const commits = new GroupCommit(db.database);
    const run = await created(commits);
    await db.database.query('UPDATE run SET epoch = 2 WHERE id = $1', [run.id]);
    const data = [{ step: 's', port: 'main', body: '[]', items: 0 }];
    expect(await commits.append(aCommit(run, { data }))).toBe('fenced');
    expect(await eventsOf(run.id)).toEqual([1]);
    expect(await db.database.query('SELECT 1 FROM run_data WHERE run_id = $1', [run.id])).toEqual([]);
  });

  it('waits for the transaction that moves the run away, and is fenced by it', async () => {
    const commits = new GroupCommit(db.database);
    const run = await created(commits);
    const client = await db.database.pool.connect();
    await client.query('BEGIN');
    await client.query('UPDATE run SET epoch = epoch + 1, last_seq = last_seq + 1 WHERE id = $1', [run.id]);
    const append = commits.append(aCommit(run));
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.query('COMMIT');
    client.release();
    expect(await append).toBe('fenced');
  });

  it('keeps text as it is, whatever is in it', async () => {
    const commits = new GroupCommit(db.database);
    const run = await created(commits);
    const body = JSON.stringify([{ json: { nul: '\u0000', lone: '\ud800', quote: '"\\', z: 1, a: 2 } }]);
    await commits.append(aCommit(run, { data: [{ step: 's', port: 'main', body, items: 1 }] }));
    const [row] = await db.database.query<{ body: string }>('SELECT body FROM run_data WHERE run_id = $1', [run.id]);
    expect(row?.body).toBe(body);
  });

  it('gives an idempotency key to one of two runs that come together', async () => {
    const commits = new GroupCommit(db.database);
    const two = [aRun({ idempotencyKey: 'key' }), aRun({ idempotencyKey: 'key' })];
    const outcomes = await Promise.all(
      two.map((run) => new GroupCommit(db.database).append(aCommit(run, { create: { keyScope: 'w' } }))),
    );
    expect(outcomes.sort()).toEqual(['committed', 'keyTaken']);
    const again = await commits.append(aCommit(aRun({ idempotencyKey: 'key' }), { create: { keyScope: 'w' } }));
    expect(again).toBe('keyTaken');
    expect(await db.database.query("SELECT 1 FROM run WHERE idempotency_key = 'key'")).toHaveLength(1);
  });
});

describe('a batch', () => {
  it('shares one statement over many runs', async () => {
    let statements = 0;
    const pool = new Proxy(db.database.pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name) as unknown;
        statements += 1;
        return target.query.bind(target);
      },
    });
    const commits = new GroupCommit({
      pool,
      query: db.database.query.bind(db.database),
      noteFailure: () => undefined,
    } as unknown as Database);
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, () => commits.append(aCommit(aRun(), { create: {} }))),
    );
    expect(new Set(outcomes)).toEqual(new Set(['committed']));
    expect(statements).toBeLessThan(5);
  });

  it('is halved until the run that PostgreSQL refuses stands alone', async () => {
    const commits = new GroupCommit(db.database);
    const runs = Array.from({ length: 9 }, (_, index) => (index === 4 ? aRun({ workflowName: 'zero\0' }) : aRun()));
    const outcomes = await Promise.allSettled(runs.map((run) => commits.append(aCommit(run, { create: {} }))));
    expect(outcomes.map(({ status }) => status)).toEqual(
      runs.map((_, index) => (index === 4 ? 'rejected' : 'fulfilled')),
    );
  });

  it('is repeated with the same rows when the answer to its commit was lost', async () => {
    let isLost = false;
    const pool = {
      query: async (...parameters: Parameters<typeof db.database.pool.query>) => {
        const answer = await (db.database.pool.query as (...all: unknown[]) => Promise<unknown>)(...parameters);
        if (!isLost) {
          isLost = true;
          throw Object.assign(new Error('Connection terminated unexpectedly'), { code: 'ECONNRESET' });
        }
        return answer;
      },
    };
    const run = await created(new GroupCommit(db.database));
    const commits = new GroupCommit({
      pool,
      query: db.database.query.bind(db.database),
      noteFailure: () => undefined,
    } as unknown as Database);
    expect(await commits.append(aCommit(run))).toBe('committed');
    expect(await eventsOf(run.id)).toEqual([1, 2]);
  });
});
