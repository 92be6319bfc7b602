import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import { pass, publish, save } from '../webhook-workflow.test-support.js';
import { aClockwork, aSchedule, scheduleTools } from './schedule-workflow.test-support.js';
import { Scheduler } from './scheduler.service.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const { call, idOf, firings, runs, sleep, until, query } = scheduleTools(() => server);
const workflows = (method: string, path: string, json?: unknown) =>
  server.call(method, `/api/workflows/${path}`, json === undefined ? {} : { json, ifMatch: '*' });
const wake = () => server.app.get(Scheduler).wake();
const waiting = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };
const never = { cron: ['0 0 1 1 *'] };

describe('a schedule', () => {
  it('starts a run at each of its times, once and never early, and says what for', async () => {
    const id = await publish(server, aClockwork('Seconds', aSchedule({ every: '1s' }), pass));
    await until(async () => expect((await runs(id)).length).toBeGreaterThanOrEqual(4));
    await workflows('POST', `${id}/unpublish`);
    const all = await runs(id);
    const times = all.map(({ scheduledFor }) => Date.parse(scheduledFor));
    expect(times).toEqual(times.map((_, n) => times[0]! + n * 1_000));
    for (const { scheduledFor, firedAt } of all) {
      expect(Date.parse(firedAt) - Date.parse(scheduledFor)).toBeGreaterThanOrEqual(0);
    }
    await until(async () => expect((await runs(id)).every(({ status }) => status === 'succeeded')).toBe(true));
  });

  it('is armed when publishing returns, follows its versions, and stays silent after unpublishing', async () => {
    const id = await save(server, aClockwork('Versions', aSchedule({ cron: ['0 9 * * *'] }), pass));
    expect((await call('GET', `?workflowId=${id}&all=true`)).body.items).toEqual([]);
    await workflows('POST', `${id}/publish`);
    const first = (await call('GET', `?workflowId=${id}`)).body.items[0];
    expect(first).toMatchObject({ armed: true, version: 1, cron: ['0 9 * * *'], every: null, overlap: 'skip' });
    expect(first).toMatchObject({ catchUp: '10m', timezone: 'UTC', workflowName: 'Versions', nodeName: 'clock' });
    expect(first.nextAt).toMatch(/T09:00:00\.000Z$/);

    await workflows(
      'PUT',
      id,
      aClockwork('Versions', aSchedule({ cron: ['0 17 * * *'], timezone: 'Asia/Tokyo' }), pass),
    );
    await workflows('POST', `${id}/publish`);
    const second = (await call('GET', `/${first.id}`)).body;
    expect(second).toMatchObject({ version: 2, timezone: 'Asia/Tokyo' });
    expect(second.nextAt).toMatch(/T17:00:00\.000\+09:00$/);

    await workflows('POST', `${id}/publish`, { version: 1 });
    expect((await call('GET', `/${first.id}`)).body.nextAt).toBe(first.nextAt);

    await workflows('POST', `${id}/unpublish`);
    expect((await call('GET', `/${first.id}`)).body).toMatchObject({ armed: false, nextAt: null });
    expect((await call('GET', `?workflowId=${id}`)).body.items).toEqual([]);
    await workflows('POST', `${id}/publish`, { version: 1 });
    expect((await call('GET', `/${first.id}`)).body).toMatchObject({ id: first.id, armed: true });
  });

  it('is not armed while it is disabled, and is disarmed by a version without it', async () => {
    const manual = { id: 'man', type: 'core.manual' };
    const off = aClockwork('Off', manual, aSchedule({ every: '1s' }, { disabled: true }));
    off['connections'] = [];
    const id = await publish(server, off);
    expect((await call('GET', `?workflowId=${id}&all=true`)).body.items).toEqual([]);
    const other = await publish(server, aClockwork('Gone', aSchedule(never), pass));
    const scheduleId = await idOf(other);
    await workflows('PUT', other, aClockwork('Gone', manual, pass));
    await workflows('POST', `${other}/publish`);
    expect((await call('GET', `/${scheduleId}`)).body).toMatchObject({ armed: false, nextAt: null });
  });

  it('is refused with a sentence where it makes no sense', async () => {
    const bad = { cron: ['61 * * * *'], timezone: 'Nowhere', catchUp: 'x' };
    const id = await save(server, aClockwork('Bad', aSchedule(bad), pass));
    const { status, body } = await workflows('POST', `${id}/publish`);
    expect(status).toBe(422);
    const fields = body.problems.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`);
    expect(fields).toEqual(['cron', 'timezone', 'catchUp'].map((name) => `parameter.invalid parameters.${name}`));
  });

  it('goes away with its workflow', async () => {
    const id = await publish(server, aClockwork('Deleted', aSchedule(never), pass));
    const scheduleId = await idOf(id);
    await call('POST', `/${scheduleId}/trigger`);
    await workflows('POST', `${id}/unpublish`);
    expect((await workflows('DELETE', id)).status).toBe(204);
    expect((await call('GET', `/${scheduleId}`)).status).toBe(404);
  });

  it('goes on when its database connections were cut', async () => {
    const id = await publish(server, aClockwork('Blip', aSchedule({ every: '1s' }), pass));
    await until(async () => expect((await runs(id)).length).toBeGreaterThanOrEqual(1));
    await query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const before = (await runs(id)).length;
    await until(async () => expect((await runs(id)).length).toBeGreaterThanOrEqual(before + 3));
    await workflows('POST', `${id}/unpublish`);
    const times = (await runs(id)).map(({ scheduledFor }) => Date.parse(scheduledFor));
    expect(times).toEqual(times.map((_, n) => times[0]! + n * 1_000));
  });
});

describe('after an absence', () => {
  it('makes up for times within the window, one run after the other, and tells which ones it missed', async () => {
    const id = await publish(server, aClockwork('Away', aSchedule({ every: '1m', catchUp: '5m' }), pass));
    const scheduleId = await idOf(id);
    await sleep(scheduleId, 20 * 60);
    wake();
    await until(async () => expect(await runs(id)).toHaveLength(5));
    await workflows('POST', `${id}/unpublish`);
    const made = await firings(scheduleId);
    expect(made.every(({ state, kind }) => state !== 'skipped' && kind === 'schedule')).toBe(true);
    const { missed } = (await call('GET', `/${scheduleId}`)).body;
    const first = made[0]!.nominalAt.getTime();
    expect(missed).toMatchObject({ count: 16, to: new Date(first - 60_000).toISOString() });
  });

  it('does not start twice what was taken up before a clock went back', async () => {
    const id = await publish(
      server,
      aClockwork('Back', aSchedule({ every: '1m', catchUp: '1h', overlap: 'allow' }), pass),
    );
    const scheduleId = await idOf(id);
    await sleep(scheduleId, 3 * 60);
    wake();
    await until(async () => expect(await runs(id)).toHaveLength(4));
    // The clock was two hours ahead when the schedule was advanced.
    await query(
      `UPDATE schedule SET next_at = next_at + interval '2 hours', advanced_at = advanced_at + interval '2 hours' WHERE id = $1`,
      [scheduleId],
    );
    wake();
    await until(async () => {
      const next = Date.parse((await call('GET', `/${scheduleId}`)).body.nextAt);
      expect(next - Date.now()).toBeLessThanOrEqual(60_000);
    });
    // Its times come once more.
    await sleep(scheduleId, 3 * 60);
    wake();
    await until(async () => expect((await call('GET', `/${scheduleId}`)).body.waiting).toBe(0));
    await workflows('POST', `${id}/unpublish`);
    const times = (await runs(id)).map(({ scheduledFor }) => scheduledFor);
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('while a run is still going', () => {
  const due = async (name: string, overlap: string) => {
    const id = await publish(server, aClockwork(name, aSchedule({ every: '1s', overlap }), waiting));
    return { id, scheduleId: await idOf(id) };
  };
  const cancelAll = async (id: string) => {
    for (const run of await runs(id)) await server.call('POST', `/api/runs/${run.id}/cancel`);
  };

  it('skips the next times and names the run, then goes on', async () => {
    const { id, scheduleId } = await due('Skip', 'skip');
    await until(async () =>
      expect((await firings(scheduleId)).filter(({ state }) => state === 'skipped').length).toBeGreaterThan(1),
    );
    const [only, ...others] = await runs(id);
    expect(others).toEqual([]);
    const skipped = (await firings(scheduleId)).find(({ state }) => state === 'skipped');
    expect(skipped!.note).toBe(`The run before it was still going: ${only!.id}.`);
    await cancelAll(id);
    await until(async () => expect((await runs(id)).length).toBeGreaterThan(1));
    await workflows('POST', `${id}/unpublish`);
    await cancelAll(id);
  });

  it('lets buffered ones wait, and starts the next as soon as the run ends', async () => {
    const { id, scheduleId } = await due('Buffer', 'buffer');
    await until(async () => expect((await call('GET', `/${scheduleId}`)).body.waiting).toBeGreaterThan(1));
    await query(`UPDATE schedule SET next_at = NULL WHERE id = $1`, [scheduleId]);
    const all = (await firings(scheduleId)).length;
    for (let n = 1; n <= all; n++) {
      const open = await until(async () => {
        const going = (await runs(id)).filter(({ status }) => status === 'waiting');
        expect(going).toHaveLength(1);
        expect(await runs(id)).toHaveLength(n);
        return going[0]!;
      });
      await server.call('POST', `/api/runs/${open.id}/cancel`);
    }
    await until(async () =>
      expect((await call('GET', `/${scheduleId}`)).body).toMatchObject({ waiting: 0, running: 0 }),
    );
    const times = (await runs(id)).map(({ scheduledFor }) => Date.parse(scheduledFor));
    expect(times).toEqual(times.map((_, n) => times[0]! + n * 1_000));
    await workflows('POST', `${id}/unpublish`);
  });

  it('starts all side by side where that is allowed', async () => {
    const { id } = await due('Allow', 'allow');
    await until(async () =>
      expect((await runs(id)).filter(({ status }) => status === 'waiting').length).toBeGreaterThan(2),
    );
    await workflows('POST', `${id}/unpublish`);
    await cancelAll(id);
  });

  it('drops what waits when the workflow is unpublished', async () => {
    const { id, scheduleId } = await due('Dropped', 'buffer');
    await until(async () => expect((await call('GET', `/${scheduleId}`)).body.waiting).toBeGreaterThan(0));
    await workflows('POST', `${id}/unpublish`);
    await cancelAll(id);
    const states = (await firings(scheduleId)).map(({ state }) => state);
    expect(states.slice(1).every((state) => state === 'dropped')).toBe(true);
    expect(await runs(id)).toHaveLength(1);
  });
});
