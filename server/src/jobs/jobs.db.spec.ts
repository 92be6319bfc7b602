import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasRedis, startTestRedis, type TestRedis } from '../../../test/support/redis.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { JobQueue } from './job-queue.service.js';

describe.each(['PostgreSQL', ...(hasRedis ? ['Redis'] : [])])('jobs in %s', (store) => {
  let redis: TestRedis | undefined;
  let server: TestServer;
  let jobs: JobQueue;
  const done: unknown[] = [];
  /** How many more tries are to fail, and with what. */
  let failing = { times: 0, error: new Error('no') as Error & { retryable?: boolean } };
  beforeAll(async () => {
    redis = store === 'Redis' ? await startTestRedis() : undefined;
    server = await startTestServer({ environment: redis ? { REDIS_URL: redis.url } : {} });
    jobs = server.app.get(JobQueue);
    jobs.handles('test', async (data) => {
      if (failing.times-- > 0) throw failing.error;
      done.push(data['n']);
    });
  });
  afterAll(async () => {
    await server?.stop();
    await redis?.drop();
  });

  const fails = (times: number, more: { retryable?: boolean } = {}) =>
    void (failing = { times, error: Object.assign(new Error('no'), more) });
  const until = async <Value>(look: () => Promise<Value | undefined> | Value | undefined): Promise<Value> => {
    for (;;) {
      const found = await look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const dead = async () =>
    (await server.call('GET', '/api/jobs/dead')).body.items as { id: string; kind: string; error: string }[];
  const firstDead = () => until(async () => (await dead())[0]);
  const isDone = (n: number) => until(() => done.includes(n));

  it('does a job, and says where jobs are', async () => {
    fails(0);
    await jobs.add('test', { n: 1 });
    await isDone(1);
    const { checks } = (await server.call('GET', '/health/ready')).body;
    expect(checks.jobs).toMatchObject({ ok: true, degraded: false, detail: expect.stringContaining(`in ${store};`) });
  });

  it('tries a job again until it succeeds', async () => {
    fails(2);
    await jobs.add('test', { n: 2 }, { firstRetryMs: 10 });
    await isDone(2);
    expect(await dead()).toEqual([]);
  });

  it('keeps a job that fails for good, and runs it again when a person says so', async () => {
    fails(2);
    await jobs.add('test', { n: 3 }, { maxAttempts: 2, firstRetryMs: 10 });
    const job = await firstDead();
    expect(job).toMatchObject({ kind: 'test', data: { n: 3 }, attempts: 2, error: 'no' });
    const { status, checks } = (await server.call('GET', '/health/ready')).body;
    expect(status).toBe('degraded');
    expect(checks.jobs.detail).toContain('1 failed for good');
    expect((await server.call('POST', `/api/jobs/dead/${job.id}/retry`)).status).toBe(204);
    await isDone(3);
    expect(await dead()).toEqual([]);
    expect((await server.call('POST', `/api/jobs/dead/${job.id}/retry`)).body.code).toBe('job.notFound');
  });

  it('does not try again what says that it is hopeless, and deletes it when a person says so', async () => {
    fails(1, { retryable: false });
    await jobs.add('test', { n: 4 });
    const job = await firstDead();
    expect((await server.call('DELETE', `/api/jobs/dead/${job.id}`)).status).toBe(204);
    expect(await dead()).toEqual([]);
    expect(done).not.toContain(4);
  });

  it('does regular work turn by turn, however many servers there are, and keeps the newest turn that failed', async () => {
    const { queue } = await jobs.handle.get();
    let [turns, atWork, most] = [0, 0, 0];
    let breaks = true;
    jobs.handlesEvery(200, 'regular', async () => {
      turns += 1;
      most = Math.max(most, ++atWork);
      await new Promise((resolve) => setTimeout(resolve, 300));
      atWork -= 1;
      if (breaks) throw Object.assign(new Error('broken'), { retryable: false });
    });
    // Both do what servers do when they start.
    jobs.onApplicationBootstrap();
    jobs.onApplicationBootstrap();
    await until(() => turns >= 3);
    // The next turn takes its place at once.
    const failed = await until(async () => (await dead()).find(({ kind }) => kind === 'regular') && dead());
    expect(failed.length).toBeLessThanOrEqual(1);
    expect(await until(firstDead)).toMatchObject({ error: 'broken', kind: 'regular' });
    expect((await queue.getJobSchedulers()).map(({ key }) => key).toSorted()).toEqual([
      'notifications.forgetOld',
      'regular',
      'retention',
      'webhooks.forgetOld',
    ]);
    breaks = false;
    await until(async () => (await dead()).length === 0);
    await queue.removeJobScheduler('regular');
    expect(most).toBe(1);
  });

  it('lets a job take the place of a dead one of its id', async () => {
    fails(1, { retryable: false });
    await jobs.add('test', { n: 7 }, { id: 'again' });
    await firstDead();
    await jobs.add('test', { n: 7 }, { id: 'again' });
    expect(await dead()).toHaveLength(1);
    await jobs.add('test', { n: 7 }, { id: 'again', replaces: 'again' });
    await isDone(7);
    expect(await dead()).toEqual([]);
  });

  it('takes a job of one id once, as long as it is there', async () => {
    fails(0);
    for (const delayMs of [1_000, 0]) await jobs.add('test', { n: 5 }, { id: 'the-only-one', delayMs });
    await isDone(5);
    await jobs.add('test', { n: 6 });
    await isDone(6);
    expect(done.filter((n) => n === 5)).toHaveLength(1);
  });
});
