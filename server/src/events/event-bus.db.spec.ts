import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { readSettings } from '../config/read-settings.js';
import { createLog } from '../logging/logger.service.js';
import { EventBus } from './event-bus.service.js';

let db: TestDatabase;
let here: EventBus;
let there: EventBus;
beforeAll(async () => {
  db = await createTestDatabase();
  const settings = readSettings({ DATABASE_URL: db.url });
  [here, there] = [1, 2].map(() => new EventBus(settings, db.database, createLog('silent'))) as [EventBus, EventBus];
  await here.onModuleInit();
  await there.onModuleInit();
});
afterAll(async () => {
  await here.onApplicationShutdown();
  await there.onApplicationShutdown();
  await db.drop();
});

it('tells subscribers here at once, those elsewhere soon, and each of them once', async () => {
  const heard: string[] = [];
  const stops = [
    here.subscribe<{ id: number }>('run', ({ id }) => heard.push(`here ${id}`)),
    there.subscribe<{ id: number }>('run', ({ id }) => heard.push(`there ${id}`)),
    there.subscribe('other', () => heard.push('wrong channel')),
  ];
  here.publish('run', { id: 1 });
  here.publish('run', { id: 2 });
  expect(heard).toEqual(['here 1', 'here 2']);
  await expect.poll(() => heard).toEqual(['here 1', 'here 2', 'there 1', 'there 2']);
  // Whatever came twice would come before this one.
  there.publish('run', { id: 3 });
  await expect.poll(() => heard).toContain('here 3');
  expect(heard).toHaveLength(6);
  stops.forEach((stop) => stop());
});

it('goes on when a subscriber throws', () => {
  const heard: string[] = [];
  const stops = [
    here.subscribe('run', () => {
      throw new Error('broken');
    }),
    here.subscribe('run', () => heard.push('still')),
  ];
  here.publish('run', {});
  expect(heard).toEqual(['still']);
  stops.forEach((stop) => stop());
});

it('comes back after its connection was cut, and says that something may be missing', async () => {
  const heard: unknown[] = [];
  const stop = there.subscribe('run', (payload) => heard.push(payload));
  const gap = new Promise<void>((resolve) => there.onGap(resolve));
  await db.database.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wfaib-listen' AND datname = current_database()",
  );
  await gap;
  here.publish('run', 'after the cut');
  await expect.poll(() => heard).toEqual(['after the cut']);
  stop();
});
