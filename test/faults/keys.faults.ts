import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause, until } from './api.js';
import { allIsWell, Scene, type Fault } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene?.close());

const awayMs = 8_000;
const newKey = () => randomBytes(32).toString('base64');
const keyFile = () => join(scene.wfaib.dataDir, 'encryption.key');
const keys = () => readFileSync(keyFile(), 'utf8').trim();
const putKeys = (text: string) => writeFileSync(keyFile(), text);
const serverLog = () => readFileSync(join(scene.wfaib.dataDir, 'server.log'), 'utf8');

/** The server starts anew, with the keys of the moment. */
async function restart(): Promise<void> {
  const pid = scene.wfaib.serverPid();
  process.kill(pid, 'SIGTERM');
  await until('the server is started again', () => scene.wfaib.serverPid() !== pid, 60_000);
}

/** For a while there are other keys, with which no server can start: it says so, and above all makes no other key. */
const without =
  (text: string, told: RegExp): Fault['inject'] =>
  async () => {
    const right = keys();
    putKeys(text);
    await restart();
    await until('the server says what is wrong with its key', () => told.test(serverLog()), 60_000);
    await pause(awayMs);
    putKeys(right);
    await scene.wfaib.ready();
  };

const faults: Fault[] = [
  {
    name: 'the encryption key is another one for a while',
    each: 4,
    inject: without(newKey(), /is not the one that sealed the credentials/),
  },
  {
    name: 'the encryption key is gone for a while',
    each: 4,
    inject: without('', /encryption\.key is empty/),
  },
  {
    name: 'the encryption key is changed',
    each: 4,
    inject: async () => {
      putKeys(`${newKey()},${keys()}`);
      await restart();
      await scene.wfaib.ready();
    },
  },
];

describe('one server, when', () => {
  it.each(faults)('$name, loses nothing and does nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });
});
