import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import { pass, publish } from '../webhook-workflow.test-support.js';
import { aClockwork, aSchedule, scheduleTools } from './schedule-workflow.test-support.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server?.stop());

const { call, idOf, firings, runs, until, query } = scheduleTools(() => server);
const never = { cron: ['0 0 1 1 *'] };
const live = async (
  name: string,
  parameters: Record<string, unknown>,
  ...nodes: Parameters<typeof aClockwork>[1][]
) => {
  const id = await publish(server, aClockwork(name, aSchedule(parameters), ...nodes));
  return { id, scheduleId: await idOf(id) };
};

describe('pausing', () => {
  it('keeps a schedule from starting until it is resumed, and says who did it and why', async () => {
    const { id, scheduleId } = await live('Paused', { every: '1s' }, pass);
    await until(async () => expect((await runs(id)).length).toBeGreaterThan(0));
    const paused = await call('POST', `/${scheduleId}/pause`, { note: ' The bank is closed. ' });
    expect(paused).toMatchObject({ status: 200, body: { nextAt: null, paused: { note: 'The bank is closed.' } } });
    const before = await runs(id);
    await call('POST', `/${scheduleId}/trigger`);
    const afterPause = await firings(scheduleId);
    const pausedAt = Date.parse(paused.body.paused.at);
    expect(afterPause.filter(({ kind, nominalAt }) => kind === 'schedule' && nominalAt.getTime() > pausedAt)).toEqual(
      [],
    );
    const resumed = (await call('POST', `/${scheduleId}/resume`)).body;
    expect(resumed.paused).toBeNull();
    await until(async () => expect((await runs(id)).length).toBeGreaterThan(before.length + 2));
    await server.call('POST', `/api/workflows/${id}/unpublish`);
  });

  it('outlives a new version, and passes over what came meanwhile', async () => {
    const { id, scheduleId } = await live('Still', { every: '1m' }, pass);
    await call('POST', `/${scheduleId}/pause`);
    await call('POST', `/${scheduleId}/pause`, { note: 'Again' });
    await query(`UPDATE schedule SET next_at = next_at - interval '1 hour' WHERE id = $1`, [scheduleId]);
    await server.call('PUT', `/api/workflows/${id}`, {
      ifMatch: '*',
      json: aClockwork('Still', aSchedule({ every: '2m' }), pass),
    });
    await server.call('POST', `/api/workflows/${id}/publish`);
    expect((await call('GET', `/${scheduleId}`)).body).toMatchObject({ version: 2, paused: { note: 'Again' } });
    const { nextAt } = (await call('POST', `/${scheduleId}/resume`)).body;
    expect(Date.parse(nextAt)).toBeGreaterThan(Date.now());
    expect(await firings(scheduleId)).toEqual([]);
  });
});

describe('triggering', () => {
  it('starts a run now and answers its id, also while paused and while another is going', async () => {
    const waiting = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };
    const { id, scheduleId } = await live('Now', never, waiting);
    await call('POST', `/${scheduleId}/pause`);
    const answers = await Promise.all([1, 2, 3].map(() => call('POST', `/${scheduleId}/trigger`)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    const ids = answers.map(({ body }) => body.runId as string);
    expect((await runs(id)).map((run) => run.id).toSorted()).toEqual(ids.toSorted());
    expect((await runs(id))[0]!.scheduledFor).toMatch(/^\d{4}-.*Z$/);
    expect((await call('GET', `/${scheduleId}`)).body).toMatchObject({ running: 3, last: { kind: 'trigger' } });
  });

  it('gives a run that is tried by hand the moment as its time', async () => {
    const document = aClockwork('By hand', aSchedule({ every: '1h', timezone: 'Asia/Tokyo' }), pass);
    const { body } = await server.call('POST', '/api/runs?wait=10s', { json: { document, mode: 'test' } });
    const { scheduledFor, firedAt } = body.result.items[0].json;
    expect(scheduledFor).toMatch(/\+09:00$/);
    expect(firedAt).toBe(scheduledFor);
  });

  it('is refused for a schedule that is not live, by a name others can look up', async () => {
    const { id, scheduleId } = await live('Dead', never, pass);
    await server.call('POST', `/api/workflows/${id}/unpublish`);
    for (const [path, body] of [
      ['trigger', undefined],
      ['backfill', { from: '2026-01-01T00:00Z', to: '2026-01-02T00:00Z' }],
    ] as const) {
      expect(await call('POST', `/${scheduleId}/${path}`, body)).toMatchObject({
        status: 409,
        body: { code: 'schedule.notLive' },
      });
    }
  });
});

describe('a backfill', () => {
  it('starts a run for each time of the range, one after the other, both ends included', async () => {
    const { id, scheduleId } = await live('Fill', { cron: ['0 9 * * *'], timezone: 'Europe/Berlin' }, pass);
    const range = { from: '2026-03-27T08:00:00Z', to: '2026-03-31T07:00:00Z' };
    const { status, body } = await call('POST', `/${scheduleId}/backfill`, range);
    expect({ status, body }).toEqual({
      status: 202,
      body: { starts: 5, alreadyRun: 0, from: '2026-03-27T09:00:00.000+01:00', to: '2026-03-31T09:00:00.000+02:00' },
    });
    await until(async () => expect(await runs(id)).toHaveLength(5));
    expect((await runs(id)).map(({ scheduledFor }) => scheduledFor.slice(8, 16))).toEqual(
      [27, 28, 29, 30, 31].map((day) => `${day}T09:00`),
    );
    const starts = await query<{ started: Date; ended: Date | null }>(
      'SELECT started_at AS started, ended_at AS ended FROM run WHERE workflow_id = $1 ORDER BY started_at',
      [id],
    );
    starts
      .slice(1)
      .forEach(({ started }, n) => expect(starts[n]!.ended!.getTime()).toBeLessThanOrEqual(started.getTime()));

    expect((await call('POST', `/${scheduleId}/backfill`, range)).body).toMatchObject({ starts: 0, alreadyRun: 5 });
    expect(
      (await call('POST', `/${scheduleId}/backfill`, { ...range, again: true, overlap: 'allow' })).body.starts,
    ).toBe(5);
    await until(async () => expect(await runs(id)).toHaveLength(10));
  });

  it('makes up for times that were skipped', async () => {
    const { id, scheduleId } = await live('Skipped', { cron: ['0 9 * * *'] }, pass);
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };
    await call('POST', `/${scheduleId}/pause`);
    await query(
      `INSERT INTO schedule_firing (key, schedule_id, nominal_at, kind, overlap, state)
       VALUES ($1, $2, '2026-03-01T09:00Z', 'schedule', 'skip', 'skipped')`,
      [`schedule:${scheduleId}:2026-03-01T09:00:00.000Z`, scheduleId],
    );
    expect((await call('POST', `/${scheduleId}/backfill`, range)).body).toMatchObject({ starts: 1, alreadyRun: 0 });
    await until(async () => expect(await runs(id)).toHaveLength(1));
  });

  it('can be stopped half-way', async () => {
    const waiting = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };
    const { id, scheduleId } = await live('Stopped', { cron: ['0 9 * * *'] }, waiting);
    await call('POST', `/${scheduleId}/backfill`, { from: '2026-03-01T00:00:00Z', to: '2026-03-31T00:00:00Z' });
    await until(async () => expect(await runs(id)).toHaveLength(1));
    expect(await server.call('DELETE', `/api/schedules/${scheduleId}/waiting`)).toMatchObject({
      status: 200,
      body: { dropped: 29 },
    });
    expect((await call('GET', `/${scheduleId}`)).body).toMatchObject({ waiting: 0, running: 1 });
  });

  it.each([
    [{ from: '2026-02-01T00:00Z', to: '2026-01-01T00:00Z' }, 422, '"to" is before "from"'],
    [{ from: '2026-02-01T00:00Z', to: '2199-01-01T00:00Z' }, 422, 'in the future'],
    [
      { from: '2020-02-01T00:00Z', to: '2026-01-01T00:00Z' },
      422,
      'more than 1000 times. The first 1000 end at 2022-10-27',
    ],
    [{ from: 'x', to: '2026-01-01T00:00Z' }, 400, 'must be a date and time'],
    [{}, 400, 'from'],
    [[], 400, ''],
  ])('of %j is refused', async (body, status, message) => {
    const { scheduleId } = await live('Refused', { cron: ['0 9 * * *'] }, pass);
    const answer = await call('POST', `/${scheduleId}/backfill`, body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toContain(message);
  });
});

describe('looking at schedules', () => {
  it('shows the next times, across a change of clocks', async () => {
    const { scheduleId } = await live('Next', { cron: ['30 2 * * *'], timezone: 'Europe/Berlin' }, pass);
    expect((await call('GET', `/${scheduleId}/next?count=3&from=2026-03-28T00:00:00Z`)).body.times).toEqual([
      '2026-03-28T02:30:00.000+01:00',
      '2026-03-29T03:00:00.000+02:00',
      '2026-03-30T02:30:00.000+02:00',
    ]);
    expect((await call('GET', `/${scheduleId}/next`)).body.times).toHaveLength(10);
    for (const query of ['count=0', 'count=101', 'count=x', 'from=x']) {
      expect((await call('GET', `/${scheduleId}/next?${query}`)).status).toBe(400);
    }
  });

  it('previews what is being written, or says what is wrong with it', async () => {
    const preview = (parameters: unknown, more = {}) => call('POST', '/preview', { parameters, ...more });
    const good = await preview({ cron: ['0 9 * * *'] }, { timezone: 'Asia/Tokyo', count: 2 });
    expect(good.body.times.map((time: string) => time.slice(10))).toEqual(Array(2).fill('T09:00:00.000+09:00'));
    expect(good.body.problems).toEqual([]);
    const bad = (await preview({ cron: ['0 9 * *'] })).body;
    expect(bad).toMatchObject({ times: [], problems: [{ code: 'parameter.invalid' }] });
    expect((await preview({})).body.problems[0].code).toBe('parameter.missing');
    expect((await call('POST', '/preview', [])).status).toBe(400);
  });

  it('pages through schedules and through what became of their times', async () => {
    const { id, scheduleId } = await live('Pages', { cron: ['0 9 * * *'] }, pass);
    const all = (await call('GET', '?limit=200')).body.items.map(({ id: each }: { id: string }) => each);
    const paged: string[] = [];
    for (let cursor = ''; cursor !== 'end';) {
      const { items, nextCursor } = (await call('GET', `?limit=2${cursor}`)).body;
      paged.push(...items.map(({ id: each }: { id: string }) => each));
      cursor = nextCursor === null ? 'end' : `&cursor=${nextCursor}`;
    }
    expect(paged).toEqual(all);
    await call('POST', `/${scheduleId}/backfill`, { from: '2026-03-01T00:00:00Z', to: '2026-03-04T00:00:00Z' });
    await until(async () => expect((await runs(id)).filter(({ status }) => status === 'succeeded')).toHaveLength(3));
    const first = (await call('GET', `/${scheduleId}/firings?limit=2`)).body;
    const second = (await call('GET', `/${scheduleId}/firings?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items]).toMatchObject(
      [3, 2, 1].map((day) => ({
        scheduledFor: `2026-03-0${day}T09:00:00.000Z`,
        kind: 'backfill',
        state: 'done',
        runStatus: 'succeeded',
        note: null,
      })),
    );
  });

  it('does not exist for other projects', async () => {
    const { id, scheduleId } = await live('Foreign', never, pass);
    await query('UPDATE schedule SET project_id = gen_random_uuid() WHERE id = $1', [scheduleId]);
    const range = { from: '2026-01-01T00:00Z', to: '2026-01-02T00:00Z' };
    for (const [method, path, body] of [
      ['GET', ''],
      ['GET', '/next'],
      ['GET', '/firings'],
      ['POST', '/pause'],
      ['POST', '/resume'],
      ['POST', '/trigger'],
      ['POST', '/backfill', range],
      ['DELETE', '/waiting'],
    ] as const) {
      expect((await call(method, `/${scheduleId}${path}`, body)).status).toBe(404);
    }
    expect((await call('GET', `?workflowId=${id}`)).body.items).toEqual([]);
    expect((await call('GET', '/nonsense')).status).toBe(404);
    expect((await server.call('GET', '/api/schedules', { headers: {} })).status).toBe(401);
  });
});
