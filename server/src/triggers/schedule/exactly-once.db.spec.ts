import type { INestApplicationContext } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../../../test/support/test-server.js';
import type { RunningServer } from '../../application.js';
import { RunKeyReused } from '../../engine/launcher/launcher.errors.js';
import { RunLauncher } from '../../engine/run-launcher.service.js';
import { pass, publish } from '../webhook-workflow.test-support.js';
import { FiringIntake } from './firing-intake.service.js';
import { FiringLauncher } from './firing-launcher.service.js';
import { FiringsRepository } from './firings.repository.js';
import { ScheduleClock } from './schedule-clock.service.js';
import { aClockwork, aSchedule, scheduleTools, startBeside } from './schedule-workflow.test-support.js';
import { Scheduler } from './scheduler.service.js';
import { SchedulesRepository } from './schedules.repository.js';

let server: TestServer;
let other: RunningServer;
let others: INestApplicationContext[];
beforeAll(async () => {
  server = await startTestServer();
  other = await startBeside(server);
  others = [server.app, other.app];
});
afterAll(async () => {
  await other?.app.close();
  await server?.stop();
});
afterEach(() => void vi.restoreAllMocks());

const { call, idOf, firings, runs, sleep, until, query } = scheduleTools(() => server);

/** A process that died: whatever it held in the database is rolled back, and it does nothing more. */
class Killed extends Error {
  constructor() {
    super('killed');
  }
}
const killTransactions = () =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND state = 'idle in transaction' AND query NOT LIKE '%pg_terminate%'`,
  );

describe('when a process dies', () => {
  beforeAll(async () => {
    for (const app of others) await app.get(Scheduler).onApplicationShutdown();
  });
  afterAll(() => {
    for (const app of others) app.get(Scheduler).onApplicationBootstrap();
  });

  /** A schedule with four times that have come and that may all start. */
  const due = async (name: string) => {
    const id = await publish(server, aClockwork(name, aSchedule({ every: '1m', overlap: 'allow' }), pass));
    const scheduleId = await idOf(id);
    await sleep(scheduleId, 3 * 60);
    await query('UPDATE schedule SET is_armed = false WHERE id <> $1', [scheduleId]);
    return { id, scheduleId };
  };
  const work = async (app: INestApplicationContext) => {
    await app.get(FiringIntake).takeDue();
    await app.get(FiringLauncher).launchWaiting();
  };
  const launchesOf = (app: INestApplicationContext) => app.get(RunLauncher, { strict: false });

  it.each<[string, (app: INestApplicationContext) => void]>([
    [
      'before the times are taken up',
      (app) => vi.spyOn(app.get(SchedulesRepository), 'lockDue').mockRejectedValueOnce(new Killed()),
    ],
    [
      'after the firings are stored and before the schedule moves on',
      (app) => vi.spyOn(app.get(SchedulesRepository), 'advance').mockRejectedValueOnce(new Killed()),
    ],
    [
      'after the times are taken up and before a run is started',
      (app) => vi.spyOn(app.get(FiringLauncher), 'launchWaiting').mockRejectedValueOnce(new Killed()),
    ],
    [
      'with its locks held and no run started',
      (app) => vi.spyOn(app.get(FiringsRepository), 'running').mockRejectedValueOnce(new Killed()),
    ],
    [
      'after all runs are started and before that is noted',
      (app) => vi.spyOn(app.get(FiringsRepository), 'change').mockRejectedValueOnce(new Killed()),
    ],
    [
      'after some runs are started, its connection going with it',
      (app) => {
        const launch = launchesOf(app).launch.bind(launchesOf(app));
        let count = 0;
        vi.spyOn(launchesOf(app), 'launch').mockImplementation(async (request) => {
          if (++count === 3) await killTransactions();
          if (count >= 3) throw new Killed();
          return launch(request);
        });
      },
    ],
  ])('%s, each time has exactly one run', async (name, breakIt) => {
    const { id, scheduleId } = await due(name.slice(0, 40));
    breakIt(server.app);
    await expect(work(server.app)).rejects.toThrow(/killed|connection|terminat|released/i);
    vi.restoreAllMocks();
    await work(other.app);
    expect(await runs(id)).toHaveLength(4);
    await work(server.app);
    const all = await firings(scheduleId);
    expect(all.map(({ state }) => state)).toEqual(Array(4).fill('running'));
    const found = await runs(id);
    expect(found.map((run) => run.id)).toEqual(all.map(({ runId }) => runId));
    expect(found.map(({ scheduledFor }) => Date.parse(scheduledFor))).toEqual(
      all.map(({ nominalAt }) => nominalAt.getTime()),
    );
  });

  it('frozen with its locks held, it loses them, and finds the runs of others when it wakes', async () => {
    const { id, scheduleId } = await due('Frozen');
    let thaw = () => {};
    const frozen = new Promise<void>((resolve) => (thaw = resolve));
    const change = vi.spyOn(server.app.get(FiringsRepository), 'change').mockImplementationOnce(() => frozen);
    await server.app.get(FiringIntake).takeDue();
    const first = server.app.get(FiringLauncher).launchWaiting();
    await until(() => expect(change).toHaveBeenCalled());
    // Nobody else may start anything meanwhile.
    expect(await other.app.get(FiringLauncher).launchWaiting()).toBe(0);
    await killTransactions();
    await until(async () => expect(await other.app.get(FiringLauncher).launchWaiting()).toBeGreaterThan(0));
    thaw();
    await expect(first).rejects.toThrow(/connection|terminat|released/i);
    expect(await runs(id)).toHaveLength(4);
    expect((await firings(scheduleId)).map(({ state }) => state)).toEqual(Array(4).fill('running'));
  });

  it('gives up a start that can never work, says why, and lets the others go on', async () => {
    const { id, scheduleId } = await due('Impossible');
    const launch = launchesOf(other.app).launch.bind(launchesOf(other.app));
    vi.spyOn(launchesOf(other.app), 'launch')
      .mockRejectedValueOnce(new RunKeyReused('key', 'run'))
      .mockRejectedValueOnce(new Error('The network is down.'))
      .mockImplementation(launch);
    await work(other.app);
    expect((await firings(scheduleId)).map(({ state }) => state)).toEqual(['failed', 'waiting', 'running', 'running']);
    const { items } = (await call('GET', `/${scheduleId}/firings`)).body;
    expect(items[2].note).toBe('The network is down.');
    expect(items[3].note).toContain('had another input');
    await until(async () => {
      await work(other.app);
      expect((await firings(scheduleId)).map(({ state }) => state)).toEqual(['failed', ...Array(3).fill('running')]);
    });
    expect(await runs(id)).toHaveLength(3);
  });
});

it('goes on with the others when one schedule cannot be read any more', async () => {
  const broken = await publish(server, aClockwork('Broken', aSchedule({ every: '1s' }), pass));
  await query(`UPDATE schedule SET settings = replace(settings, '"cron":[]', '"cron":["x"]') WHERE workflow_id = $1`, [
    broken,
  ]);
  const id = await publish(server, aClockwork('Fine', aSchedule({ every: '1s' }), pass));
  await until(async () => expect((await runs(id)).length).toBeGreaterThan(1));
  for (const each of [broken, id]) await server.call('POST', `/api/workflows/${each}/unpublish`);
});

describe('when the clock of the database jumps', () => {
  const setClock = (offsetMs: number) => {
    for (const app of others) {
      const clock = app.get(ScheduleClock);
      vi.spyOn(clock, 'now').mockImplementation(async (tx) => {
        const [row] = await tx.query<{ now: Date }[]>('SELECT clock_timestamp() AS now');
        return row!.now.getTime() + offsetMs;
      });
      app.get(Scheduler).wake();
    }
  };
  const minute = 60_000;

  it('an hour ahead and back again, no time has two runs, and those passed over come when it is really time', async () => {
    const parameters = { every: '1m', catchUp: '10m', overlap: 'allow' };
    const id = await publish(server, aClockwork('Jump', aSchedule(parameters), pass));
    const scheduleId = await idOf(id);
    const start = Date.now();
    const at = async () =>
      (await runs(id)).map(({ scheduledFor }) => Math.round((Date.parse(scheduledFor) - start) / minute));
    const nextIn = async () => Date.parse((await call('GET', `/${scheduleId}`)).body.nextAt) - Date.now();

    setClock(60 * minute);
    await until(async () => expect((await at()).length).toBeGreaterThanOrEqual(10));
    expect((await at()).every((minutes) => minutes >= 49)).toBe(true);
    await until(async () => expect(await nextIn()).toBeGreaterThan(59 * minute));

    setClock(0);
    await until(async () => expect(await nextIn()).toBeLessThanOrEqual(minute));
    setClock(55 * minute);
    await until(async () => expect((await at()).some((minutes) => minutes >= 45 && minutes <= 48)).toBe(true));
    await until(async () => expect((await call('GET', `/${scheduleId}`)).body.waiting).toBe(0));

    setClock(0);
    await until(async () => expect(await nextIn()).toBeLessThanOrEqual(minute));
    await server.call('POST', `/api/workflows/${id}/unpublish`);
    const all = (await runs(id)).map(({ scheduledFor }) => scheduledFor);
    expect(new Set(all).size).toBe(all.length);
  });

  it('back by hours, a schedule that was far ahead goes on with the next time of the new clock', async () => {
    setClock(0);
    const id = await publish(server, aClockwork('Behind', aSchedule({ every: '1s', catchUp: '0s' }), pass));
    const scheduleId = await idOf(id);
    const near = async (hours: number) =>
      (await runs(id)).filter(
        ({ scheduledFor }) => Math.abs(Date.parse(scheduledFor) - Date.now() - hours * 60 * minute) < 10 * minute,
      ).length;
    setClock(5 * 60 * minute);
    await until(async () => expect(await near(5)).toBeGreaterThan(0));
    setClock(0);
    const before = await near(0);
    await until(async () => expect(await near(0)).toBeGreaterThan(before + 2));
    await server.call('POST', `/api/workflows/${id}/unpublish`);
    const all = (await firings(scheduleId)).map(({ nominalAt }) => nominalAt.getTime());
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('two servers on one database', () => {
  it('start each time of each schedule once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        publish(server, aClockwork(`Both ${n}`, aSchedule({ every: '1s', overlap: 'allow' }), pass)),
      ),
    );
    await until(async () => expect((await runs(ids[7]!)).length).toBeGreaterThan(5));
    for (const id of ids) await server.call('POST', `/api/workflows/${id}/unpublish`);
    for (const id of ids) {
      const times = (await runs(id)).map(({ scheduledFor }) => Date.parse(scheduledFor));
      expect(times.length).toBeGreaterThan(4);
      expect(times).toEqual(times.map((_, n) => times[0]! + n * 1_000));
    }
  });

  it('keep runs of one schedule apart whoever looks', async () => {
    const waiting = { id: 'wait', type: 'core.wait', parameters: { for: '300ms' } };
    const id = await publish(server, aClockwork('Apart', aSchedule({ every: '1m', overlap: 'buffer' }), waiting));
    const scheduleId = await idOf(id);
    await sleep(scheduleId, 4 * 60);
    for (const app of others) app.get(Scheduler).wake();
    await until(async () => expect((await runs(id)).filter(({ status }) => status === 'succeeded')).toHaveLength(5));
    const rows = await query<{ from: Date; to: Date }>(
      'SELECT created_at AS "from", ended_at AS "to" FROM run WHERE workflow_id = $1 ORDER BY created_at',
      [id],
    );
    rows.slice(1).forEach(({ from }, n) => expect(from.getTime()).toBeGreaterThanOrEqual(rows[n]!.to.getTime()));
    await server.call('POST', `/api/workflows/${id}/unpublish`);
  });
});
