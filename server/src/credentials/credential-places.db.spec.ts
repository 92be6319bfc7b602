import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { createLog } from '../logging/logger.service.js';
import { CredentialPlaces, type LimitedCredential } from './credential-places.service.js';

let db: TestDatabase;
/** Two servers of one installation. */
let servers: CredentialPlaces[];
let credential: LimitedCredential;
beforeAll(async () => {
  db = await createTestDatabase();
  servers = [1, 2].map(() => new CredentialPlaces(db.database, createLog('silent')));
});
afterAll(async () => {
  servers.forEach((server) => server.onApplicationShutdown());
  await db?.drop();
});
beforeEach(async () => (credential = await newCredential(2)));

async function newCredential(maxConcurrentCalls: number): Promise<LimitedCredential> {
  const id = randomUUID();
  await db.database.query(
    `INSERT INTO credential (id, project_id, name, kind, filled_fields, sealed) VALUES ($1, $2, 'Limited', 'bearer', '{}', '')`,
    [id, db.projectId],
  );
  return { id, maxConcurrentCalls };
}

const never = () => new AbortController().signal;

describe('a credential that allows two calls at once', () => {
  it('has no more under way than that, over all servers, and lets all of them through', async () => {
    let under = 0;
    let most = 0;
    const call = (server: CredentialPlaces) =>
      server.withPlaces([credential], never(), async () => {
        most = Math.max(most, ++under);
        await setTimeout(5);
        under -= 1;
        return 1;
      });
    const done = await Promise.all(Array.from({ length: 12 }, (_, n) => call(servers[n % 2]!)));
    expect(done).toHaveLength(12);
    expect(most).toBe(2);
  });

  it('gives the place back when the call fails', async () => {
    const fail = () => servers[0]!.withPlaces([credential], never(), () => Promise.reject(new Error('busy')));
    for (let n = 0; n < 3; n++) await expect(fail()).rejects.toThrow('busy');
    expect(await servers[1]!.withPlaces([credential], never(), () => Promise.resolve('in'))).toBe('in');
  });

  it('takes the place of a server that died', async () => {
    await db.database.query(
      `INSERT INTO credential_place SELECT $1, number, $2, now() - interval '1 s' FROM generate_series(1, 2) AS number`,
      [credential.id, randomUUID()],
    );
    expect(await servers[0]!.withPlaces([credential], never(), () => Promise.resolve('in'))).toBe('in');
  });

  it('lets who waits give up', async () => {
    await db.database.query(
      `INSERT INTO credential_place SELECT $1, number, $2, now() + interval '1 h' FROM generate_series(1, 2) AS number`,
      [credential.id, randomUUID()],
    );
    const giveUp = new AbortController();
    const waiting = servers[0]!.withPlaces([credential], giveUp.signal, () => Promise.resolve('in'));
    giveUp.abort(new Error('out of time'));
    await expect(waiting).rejects.toThrow('out of time');
  });

  it('never has two calls wait for each other that need the same two credentials', async () => {
    const one = await newCredential(1);
    const other = await newCredential(1);
    const orders = [
      [one, other],
      [other, one],
    ];
    const calls = Array.from({ length: 8 }, (_, n) =>
      servers[n % 2]!.withPlaces(orders[n % 2]!, never(), () => setTimeout(2, n)),
    );
    expect(await Promise.all(calls)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
