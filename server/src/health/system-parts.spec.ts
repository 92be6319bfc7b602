import { expect, it } from 'vitest';
import { backupPart, clockPart, databasePart, diskPart, enginePart, publicUrlPart, queuePart } from './system-parts.js';

const now = Date.UTC(2026, 0, 20);
const runs = { pending: 1, running: 2, waiting: 3, paused: 0, oldestPendingMs: 0 };
const database = { version: '17.4', bytes: 5e9, connections: 12, maxConnections: 100, now };

it.each([
  ['a database with room', databasePart(database), 'ok'],
  ['a database whose connections run out', databasePart({ ...database, connections: 95 }), 'warn'],
  ['Temporal at work', enginePart('temporal', true), 'ok'],
  ['the queue engine by choice', enginePart('queue', false), 'ok'],
  ['the queue engine in place of Temporal', enginePart('queue', true), 'warn'],
  ['runs that begin soon', queuePart(runs), 'ok'],
  ['a run that nobody begins', queuePart({ ...runs, oldestPendingMs: 180_000 }), 'warn'],
  ['a disk with room', diskPart(50e9, 100e9), 'ok'],
  ['a disk that is nearly full', diskPart(1e9, 100e9), 'warn'],
  ['a fresh back-up', backupPart(now - 3_600_000, now), 'ok'],
  ['an old back-up', backupPart(now - 10 * 86_400_000, now), 'warn'],
  ['no back-up', backupPart(undefined, now), 'warn'],
  ['clocks that agree', clockPart(-300), 'ok'],
  ['clocks apart', clockPart(-9_000), 'warn'],
  ['the public address', publicUrlPart('https://a.example', 'https://a.example'), 'ok'],
  ['another address', publicUrlPart('http://127.0.0.1:3000', 'https://a.example'), 'warn'],
])('of %s it says %s', (_what, part, state) => {
  expect(part.state).toBe(state);
});

it('tells what to do wherever something is to be done', () => {
  expect(diskPart(1e9, 100e9).fix).toBeTruthy();
  expect(queuePart({ ...runs, oldestPendingMs: 180_000 }).detail).toContain('3 min');
  expect(backupPart(undefined, now).fix).toContain('backup.sh');
});
