import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver, type Received, type Receiver } from '../../../test/support/receiver.js';
import { hasRedis, startTestRedis, type TestRedis } from '../../../test/support/redis.js';
import { startTestServer, type TestServer } from '../../../test/support/test-server.js';
import { keyIdOf, seal } from '../credentials/sealed-box.js';
import { KeyRing } from '../encryption/key-ring.js';
import { JobQueue } from '../jobs/job-queue.service.js';
import { NotificationCourier } from './notification-courier.service.js';
import { Notifications } from './notifications.service.js';
import type { Delivery, NotificationWithSecret } from './notification.types.js';

const start = { id: 'start', name: 'Start', type: 'core.manual' };
const aDocument = (node: object, settings = {}) => ({
  wfaib: 1,
  name: 'Orders',
  nodes: [start, { id: 'step', name: 'Step', ...node }],
  connections: [{ from: { node: 'start' }, to: { node: 'step' } }],
  settings,
});
const passing = aDocument({ type: 'core.noop' });
const failing = aDocument({ type: 'core.stop', parameters: { message: 'sold out' } });

const oldKey = 'the key of this installation before it was changed';

function isSignedWith(secret: string, { headers, text }: Received): void {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${text}`;
  const signature = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signature}`);
}

describe.each(['PostgreSQL', ...(hasRedis ? ['Redis'] : [])])('notifications, with jobs in %s', (store) => {
  let redis: TestRedis | undefined;
  let server: TestServer;
  let receiver: Receiver;
  beforeAll(async () => {
    redis = store === 'Redis' ? await startTestRedis() : undefined;
    receiver = await startReceiver();
    const { port } = new URL(receiver.url);
    const keys = `the newest key of this installation,${oldKey}`;
    const environment = {
      WFAIB_ENCRYPTION_KEY: keys,
      WFAIB_EGRESS_ALLOW: `127.0.0.1:${port}`,
      ...(redis ? { REDIS_URL: redis.url } : {}),
    };
    server = await startTestServer({ environment });
  });
  afterAll(async () => {
    await server?.stop();
    await receiver?.stop();
    await redis?.drop();
  });
  beforeEach(async () => {
    await server.db.database.query('DELETE FROM notification');
    receiver.ledger.length = 0;
    receiver.status = 200;
  });

  const call = async (method: string, path: string, json?: unknown) =>
    (await server.call(method, path, json === undefined ? {} : { json })).body;
  const tell = (more: object): Promise<NotificationWithSecret> =>
    call('POST', '/api/notifications', { name: 'Shop', url: receiver.url, events: ['run.failed'], ...more });
  const run = (document: object, more: object = {}) => call('POST', '/api/runs?wait=20s', { document, ...more });
  const received = async (count: number): Promise<Received[]> => {
    await until(() => receiver.ledger.length >= count);
    return receiver.ledger;
  };
  const until = async (isSo: () => Promise<boolean> | boolean) => {
    while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const deliveries = async ({ id }: { id: string }): Promise<Delivery[]> =>
    (await call('GET', `/api/notifications/${id}/deliveries`)).items;
  const settled = async (notification: { id: string }): Promise<Delivery[]> => {
    await until(async () => {
      const all = await deliveries(notification);
      return all.length > 0 && all.every(({ state }) => state !== 'pending');
    });
    return deliveries(notification);
  };

  it('tell of a run that failed, signed, and of no other', async () => {
    const shop = await tell({});
    await run(passing);
    await call('POST', '/api/runs?wait=20s', { document: failing, mode: 'test' });
    const { id, error } = await run(failing);
    const [first] = await settled(shop);
    expect(receiver.ledger).toHaveLength(1);
    const [{ headers, body, method }] = (await received(1)) as [Received];
    expect(method).toBe('POST');
    expect(body).toMatchObject({
      type: 'run.failed',
      data: { run: { id, url: `${server.url}/runs/${id}`, status: 'failed', workflowName: 'Orders', error } },
    });
    isSignedWith(shop.secret, receiver.ledger[0]!);
    expect(headers['idempotency-key']).toBe(headers['webhook-id']);
    expect(first).toMatchObject({ id: headers['webhook-id'], state: 'delivered', status: 200, tries: 1, runId: id });
  });

  it('tell of the events and the workflow that they were made for', async () => {
    const one = await call('POST', '/api/workflows', passing);
    const two = await call('POST', '/api/workflows', passing);
    await tell({ events: ['run.succeeded'], workflowId: one.id });
    await tell({ events: ['run.failed', 'run.paused'] });
    await tell({ events: ['run.succeeded'], isOn: false });
    for (const { id } of [two, one]) await call('POST', '/api/runs?wait=20s', { workflowId: id, version: 'draft' });
    await received(1);
    expect(receiver.ledger).toMatchObject([
      { body: { type: 'run.succeeded', data: { run: { workflowId: one.id, error: null } } } },
    ]);
  });

  it('tell that a person is asked, and that a run is paused', async () => {
    await tell({ events: ['approval.requested', 'run.paused', 'run.failed'] });
    const asking = { type: 'core.approval', parameters: { title: 'Ship it?', approvers: ['ann@example.test'] } };
    await call('POST', '/api/runs', { document: aDocument(asking) });
    await received(1);
    await call('POST', '/api/runs', { document: { ...failing, settings: { onFailure: 'pause' } } });
    const [asked, paused] = await received(2);
    expect(asked!.body).toMatchObject({
      type: 'approval.requested',
      data: { run: { status: 'waiting' }, approval: { title: 'Ship it?', approvers: ['ann@example.test'] } },
    });
    const [{ id }] = (await call('GET', '/api/approvals')).items;
    expect(asked!.body).toMatchObject({ data: { approval: { id, url: `${server.url}/approvals/${id}` } } });
    expect(paused!.body).toMatchObject({ type: 'run.paused', data: { run: { status: 'paused' } } });
  });

  it('tell how a run ended once, not of the runs it called and waited for', async () => {
    await tell({});
    const { id } = await call('POST', '/api/workflows', {
      ...failing,
      nodes: [{ ...start, type: 'core.called' }, failing.nodes[1]],
    });
    await call('POST', `/api/workflows/${id}/publish`, {});
    const caller = await run(aDocument({ type: 'core.call', parameters: { workflowId: id } }));
    expect(caller.status).toBe('failed');
    await received(1);
    await run(failing);
    await received(2);
    expect(receiver.ledger[0]!.body).toMatchObject({ data: { run: { id: caller.id } } });
  });

  it('hold up no run whose end they would tell of when they are deleted at this moment', async () => {
    const shop = await tell({});
    const deleting = await server.db.database.pool.connect();
    await deleting.query('BEGIN');
    await deleting.query('DELETE FROM notification WHERE id = $1', [shop.id]);
    const ending = run(failing);
    await until(async () => {
      const locks = await deleting.query(
        'SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))',
      );
      return locks.rows.length > 0;
    });
    await deleting.query('COMMIT');
    deleting.release();
    const { id, error } = await ending;
    expect(error).toMatchObject({ message: 'sold out' });
    const tries = await server.db.database.query(
      "SELECT 1 FROM run_event WHERE run_id = $1 AND type = 'run.handedOver'",
      [id],
    );
    expect(tries).toEqual([]);
  });

  it('are sent where the job of an earlier attempt to queue them has died', async () => {
    const shop = await tell({});
    const jobs = server.app.get(JobQueue);
    const { queue } = await jobs.handle.get();
    const id = randomUUID();
    const insert =
      'INSERT INTO notification_delivery (id, notification_id, event, body, queued_at) VALUES ($1, $2, $3, $4, now())';
    await server.db.database.query(insert, [id, shop.id, 'test', null]);
    const job = `notification.send.${id}.0`;
    await jobs.add('notification.send', { deliveryId: id }, { id: job, maxAttempts: 1 });
    await until(async () => (await queue.getJob(job))?.failedReason !== undefined);
    await server.db.database.query('UPDATE notification_delivery SET body = $2 WHERE id = $1', [id, '{}']);
    await server.app.get(NotificationCourier).queue(id, 0);
    expect(await settled(shop)).toMatchObject([{ id, state: 'delivered' }]);
    expect(receiver.ledger.map(({ idempotencyKey }) => idempotencyKey)).toEqual([id]);
  });

  it('try again until the address takes it, under the same id', async () => {
    receiver.status = 503;
    const shop = await tell({});
    await run(failing);
    await received(1);
    await until(async () => (await deliveries(shop))[0]?.status === 503);
    expect(await deliveries(shop)).toMatchObject([
      { state: 'pending', tries: 1, error: expect.stringContaining('503') },
    ]);
    receiver.status = 204;
    expect(await settled(shop)).toMatchObject([{ state: 'delivered', tries: 2, status: 204, error: null }]);
    expect(new Set(receiver.ledger.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
  });

  it('stand among the dead jobs where the address is gone, and are sent again when a person says so', async () => {
    receiver.status = 410;
    const shop = await tell({});
    await run(failing);
    const [failed] = await settled(shop);
    expect(failed).toMatchObject({ state: 'failed', tries: 1, status: 410 });
    const dead = async () => (await call('GET', '/api/jobs/dead')).items as object[];
    await until(async () => (await dead()).length > 0);
    expect(await dead()).toMatchObject([{ kind: 'notification.send', error: expect.stringContaining('"Shop"') }]);
    receiver.status = 200;
    const path = `/api/notifications/${shop.id}/deliveries/${failed!.id}/send`;
    expect((await server.call('POST', path)).status).toBe(202);
    expect(await settled(shop)).toMatchObject([{ state: 'delivered', tries: 2 }]);
    expect(await dead()).toEqual([]);
    expect(receiver.ledger.map(({ idempotencyKey }) => idempotencyKey)).toEqual([failed!.id, failed!.id]);
  });

  it('reach no private network, and follow no redirect', async () => {
    const shop = await tell({ url: 'http://169.254.169.254/latest' });
    await call('POST', `/api/notifications/${shop.id}/test`);
    const [blocked] = await settled(shop);
    expect(blocked).toMatchObject({
      event: 'test',
      state: 'failed',
      error: expect.stringContaining('169.254.169.254'),
    });
    receiver.status = 302;
    const other = await tell({});
    await call('POST', `/api/notifications/${other.id}/test`);
    await until(async () => (await deliveries(other))[0]?.status === 302);
    for (const { id } of (await call('GET', '/api/jobs/dead')).items) await call('DELETE', `/api/jobs/dead/${id}`);
  });

  it('show their secret once, and sign with another one when asked', async () => {
    const shop = await tell({});
    const shown = await call('GET', `/api/notifications/${shop.id}`);
    expect(shown).toEqual({ ...shop, secret: undefined, createdAt: shown.createdAt, updatedAt: shown.updatedAt });
    const [row] = await server.db.database.query('SELECT secret FROM notification');
    expect(row!['secret']).toMatch(/^v1\./);
    const { secret } = await call('POST', `/api/notifications/${shop.id}/secret`);
    expect(secret).not.toBe(shop.secret);
    await call('POST', `/api/notifications/${shop.id}/test`);
    isSignedWith(secret, (await received(1))[0]!);
  });

  it('have their secrets sealed with the newest key at the next start', async () => {
    const shop = await tell({});
    const sealed = async () =>
      (await server.db.database.query<{ secret: string }>('SELECT secret FROM notification'))[0]!;
    const newest = keyIdOf((await sealed()).secret);
    const before = seal(new KeyRing(oldKey), `credential:${shop.id}:${server.db.projectId}:v1`, shop.secret);
    await server.db.database.query('UPDATE notification SET secret = $1', [before]);
    await server.app.get(Notifications).onModuleInit();
    expect(keyIdOf((await sealed()).secret)).toBe(newest);
    await call('POST', `/api/notifications/${shop.id}/test`);
    isSignedWith(shop.secret, (await received(1))[0]!);
  });

  it('are changed and deleted, and refuse what is no address and no workflow', async () => {
    const shop = await tell({});
    const changed = await call('PUT', `/api/notifications/${shop.id}`, { isOn: false });
    expect(changed).toMatchObject({ name: 'Shop', isOn: false, events: ['run.failed'] });
    const refused = { name: 'X', url: 'ftp://example.test', events: ['run.failed'] };
    expect((await server.call('POST', '/api/notifications', { json: refused })).status).toBe(400);
    expect(await tell({ workflowId: shop.id })).toMatchObject({ code: 'workflow.notFound' });
    expect((await server.call('DELETE', `/api/notifications/${shop.id}`)).status).toBe(204);
    expect(await call('GET', '/api/notifications')).toEqual({ items: [], nextCursor: null });
    expect(await call('GET', `/api/notifications/${shop.id}/deliveries`)).toMatchObject({
      code: 'notification.notFound',
    });
  });
});
