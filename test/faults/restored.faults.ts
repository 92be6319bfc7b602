import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause, until } from './api.js';
import { postgresPids } from './injections.js';
import { allIsWell, Scene, type Fault } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene?.close());

/** How far a store is set back, in milliseconds. */
const backMs = 4_000;

/** A copy of files as they are at one moment: what a snapshot of the disk has. */
function snapshot(pids: number[], names: string[]): string {
  const { dataDir } = scene.wfaib;
  const folder = join(dataDir, 'snapshot');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  execFileSync('cp', ['-a', ...names.map((name) => join(dataDir, name)), folder]);
  for (const pid of pids) process.kill(pid, 'SIGCONT');
  return folder;
}

/** Ends a store at once and puts the copy in its place, before the launcher has started it again. */
function putBack(pids: number[], isOf: (name: string) => boolean, folder: string): void {
  const { dataDir } = scene.wfaib;
  const away = join(dataDir, 'away');
  rmSync(away, { recursive: true, force: true });
  mkdirSync(away);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  for (const name of readdirSync(dataDir).filter(isOf)) renameSync(join(dataDir, name), join(away, name));
  for (const name of readdirSync(folder)) renameSync(join(folder, name), join(dataDir, name));
}

const isOfTemporal = (name: string) => name.startsWith('temporal.db');
const isOfPostgres = (name: string) => name === 'postgres';

const faults: (Fault & { forgets?: true })[] = [
  {
    name: 'Temporal is set back by four seconds',
    each: 4,
    inject: async (it) => {
      const names = readdirSync(it.wfaib.dataDir).filter(isOfTemporal);
      const folder = snapshot([it.process('temporal').pid], names);
      await pause(backMs);
      putBack([it.process('temporal').pid], isOfTemporal, folder);
    },
    deadlineMs: 150_000,
  },
  {
    name: 'PostgreSQL is set back by four seconds',
    each: 4,
    inject: async (it, load) => {
      // What is accepted after the copy is not in it: nobody can promise anything of that.
      await until('all events are accepted', () => load.accepted.length === load.total, 60_000);
      const folder = snapshot(postgresPids(it), ['postgres']);
      await pause(backMs);
      putBack(postgresPids(it), isOfPostgres, folder);
    },
    deadlineMs: 150_000,
    // A called run that began after the copy begins again as another one, with the same idempotency keys.
    forgets: true,
  },
];

describe('one server, after', () => {
  it.each(faults)(
    '$name, loses nothing and does nothing twice but under the same key',
    async (fault) => {
      const row = await scene.tryFault(fault);
      expect({ ...row, ...(fault.forgets && { forgotten: [] }) }).toMatchObject(allIsWell);
    },
    400_000,
  );
});
