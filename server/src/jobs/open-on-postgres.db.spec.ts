import { MIGRATION_ADVISORY_LOCK_KEY } from 'bullmq';
import { expect, it } from 'vitest';
import { startTcpProxy } from '../../../test/support/tcp-proxy.js';
import { createTestDatabase } from '../../../test/support/test-database.js';
import { openOnPostgres } from './open-on-postgres.js';

it('survives the loss of its connection while the tables are made, and makes them then', async () => {
  const db = await createTestDatabase();
  const open = () =>
    openOnPostgres(db.url, { name: 'lost', process: undefined, concurrency: 1, defaults: {} }, () => undefined);
  const query = (sql: string) => db.database.query(sql) as Promise<{ pid: number }[]>;
  await db.database.withClient(async (holder) => {
    // What BullMQ takes before it makes its tables.
    const key = `${MIGRATION_ADVISORY_LOCK_KEY}, hashtext('bullmq')`;
    await holder.query(`SELECT pg_advisory_lock(${key})`);
    const opening = open().then(
      () => 'opened',
      (error: Error) => error.message,
    );
    const waiting = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`;
    await expect.poll(() => query(waiting)).toHaveLength(1);
    await query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS w`);
    expect(await opening).toMatch(/terminat/);
    await holder.query(`SELECT pg_advisory_unlock(${key})`);
  });
  const opened = await open();
  expect(await opened.queue.getJobCounts('waiting')).toEqual({ waiting: 0 });
  await opened.close();
  await db.drop();
});

it('gives up where the worker gets no connection, and leaves nothing at work', async () => {
  const db = await createTestDatabase();
  const spec = { name: 'refused', concurrency: 1, defaults: {} };
  await (await openOnPostgres(db.url, { ...spec, process: undefined }, () => undefined)).close();
  const { username, pathname } = new URL(db.url);
  const role = `limited_${pathname.slice(1)}`;
  // The queue takes the one connection there is.
  await db.database.query(`CREATE ROLE "${role}" LOGIN PASSWORD 'limited' CONNECTION LIMIT 1 IN ROLE "${username}"`);
  const url = Object.assign(new URL(db.url), { username: role, password: 'limited' }).href;
  const opening = openOnPostgres(url, { ...spec, process: () => Promise.resolve() }, () => undefined);
  await expect(opening).rejects.toThrow(/too many connections/);
  const left = () => db.database.query('SELECT 1 FROM pg_stat_activity WHERE usename = $1', [role]);
  await expect.poll(left).toEqual([]);
  await db.drop();
});

it('goes on soon after its database, which refused it, is back', async () => {
  const db = await createTestDatabase();
  const { host, port } = Object.assign(new URL(db.url), { protocol: 'http:' });
  const wire = await startTcpProxy(port === '' ? `${host}:5432` : host);
  const done: number[] = [];
  const spec = { name: 'away', concurrency: 1, defaults: {} };
  const process = async ({ data }: { data: number }) => void done.push(data);
  const url = Object.assign(new URL(db.url), { host: wire.address }).href;
  const sender = await openOnPostgres<number>(db.url, { ...spec, process: undefined }, () => undefined);
  const worker = await openOnPostgres<number>(url, { ...spec, process }, () => undefined);
  await sender.queue.add('job', 1);
  await expect.poll(() => done).toEqual([1]);

  await wire.stop();
  await sender.queue.add('job', 2);
  // By then it asked again, and was refused.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const again = await startTcpProxy(port === '' ? `${host}:5432` : host, Number(wire.address.split(':')[1]));
  await expect.poll(() => done, { timeout: 10_000 }).toEqual([1, 2]);
  await worker.close();
  await sender.close();
  await again.stop();
  await db.drop();
});
