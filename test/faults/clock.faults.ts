import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './api.js';
import { allIsWell, Scene, type Fault } from './scene.js';

/** Debian's package `faketime`. */
const library = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1',
  '/usr/lib/faketime/libfaketimeMT.so.1',
].find(existsSync);
if (library === undefined) console.log('clock: left out: no libfaketime');

/** Two servers; the clock of the second is ours: runs that it ends are written down with its time. */
let scene: Scene;
beforeAll(async () => {
  if (library === undefined) return;
  scene = await Scene.open();
  setClock('+0');
  await scene.addServer('all', {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clockFile(),
    FAKETIME_NO_CACHE: '1',
    // What a correction of the clock leaves alone.
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  });
});
afterAll(() => scene?.close());

const holdMs = 10_000;
const clockFile = () => join(scene.wfaib.dataDir, 'clock');
const setClock = (offset: string) => writeFileSync(clockFile(), offset);

/** The clock of one of two servers jumps, and back again. */
const jump =
  (offset: string): Fault['inject'] =>
  async () => {
    setClock(offset);
    await pause(holdMs);
    setClock('+0');
  };

const faults: Fault[] = [
  { name: 'the clock of one of two servers jumps an hour ahead, and back', each: 4, inject: jump('+1h') },
  { name: 'the clock of one of two servers jumps an hour back, and ahead', each: 4, inject: jump('-1h') },
];

describe.skipIf(library === undefined)('two servers, when', () => {
  it.each(faults)('$name, lose nothing and do nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });
});
