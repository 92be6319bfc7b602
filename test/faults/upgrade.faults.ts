import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProduct, nextVersion, thisVersion, type Product } from '../support/next-build.js';
import { ask, pause, until } from './api.js';
import { killServer } from './injections.js';
import { allIsWell, Scene, type Fault } from './scene.js';

/** A server of this build, and beside it one of a newer: each test goes on where the one before left the installation. */
let product: Product;
let scene: Scene;
beforeAll(async () => {
  product = makeProduct();
  scene = await Scene.open({ root: product.root });
});
afterAll(async () => {
  await scene?.close();
  product?.remove();
});

/** How long two builds share the work, in milliseconds. */
const togetherMs = 5_000;

const versionOf = async (url: string) =>
  (await ask<{ version: string }>('GET', `${url}/health/ready`, undefined, 5_000))?.body.version;

/** The server of the launcher stops in order and comes back as another build. */
async function exchange(build: 'this' | 'next', version: string): Promise<void> {
  product.use(build);
  process.kill(scene.wfaib.serverPid(), 'SIGTERM');
  await until(`the server is ${version}`, async () => (await versionOf(scene.wfaib.url)) === version, 60_000);
}

/** Migrations that were done, newest first. */
async function newestMigration(): Promise<string> {
  const client = new Client({ connectionString: scene.wfaib.environment()['DATABASE_URL'] });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id DESC LIMIT 1');
  await client.end();
  return rows[0]!.name;
}

const faults: (Fault & { versions: string[] })[] = [
  {
    name: 'a newer build joins, with a migration under load',
    each: 4,
    inject: async (it) => {
      await it.addServer('all', {}, product.next);
      await pause(togetherMs);
    },
    versions: [thisVersion, nextVersion],
  },
  {
    name: 'both builds side by side, each killed in turn',
    each: 4,
    inject: async (it, load) => {
      const [newer] = it.others;
      newer!.signal('SIGKILL');
      await it.replace(newer!, 'all', product.next);
      await pause(togetherMs);
      await killServer(it, load);
      await it.wfaib.ready();
    },
    versions: [thisVersion, nextVersion],
  },
  {
    name: 'upgrade: only the newer build is left',
    each: 4,
    inject: () => exchange('next', nextVersion),
    versions: [nextVersion, nextVersion],
  },
  {
    name: 'downgrade: only the older build is left, on the newer schema',
    each: 4,
    inject: async (it) => {
      const [newer] = it.others;
      newer!.signal('SIGTERM');
      expect(await it.gone(newer!)).toBe(0);
      await exchange('this', thisVersion);
    },
    // What the newer build had under way on Temporal is found to be stuck, and begins again.
    deadlineMs: 180_000,
    versions: [thisVersion],
  },
];

describe('an upgrade in steps', () => {
  it.each(faults)(
    '$name: nothing is lost or done twice but under the same key',
    async ({ versions, ...fault }) => {
      const row = await scene.tryFault(fault);
      console.log(`runs that began anew because no worker could replay them, so far: ${begunAnew()}`);
      expect(row).toMatchObject(allIsWell);
      expect(await Promise.all(scene.urls().map(versionOf))).toEqual(versions);
      expect(await newestMigration()).toBe('AddNext9000000000000');
      // Runs that were begun before were ended after.
      expect(row.lastEnds.find(({ name }) => name === 'wait')!.at).toBeGreaterThan(row.faultAt);
    },
    400_000,
  );
});

function begunAnew(): number {
  return (
    readFileSync(join(scene.wfaib.dataDir, 'server.log'), 'utf8').split('Another version of WFAIB carried a run')
      .length - 1
  );
}
