import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeze, killServer } from './injections.js';
import { allIsWell, Scene } from './scene.js';
import type { Fault } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ others: ['all'] });
});
afterAll(() => scene?.close());

const faults: Fault[] = [
  { name: 'kill -9 of one of two servers', each: 4, inject: killServer },
  {
    name: 'one of two servers frozen for 18 s in mid-step',
    each: 4,
    inject: freeze((it) => [it.others[0]!.pid], 18_000),
  },
];

describe('two servers on one database, after', () => {
  it.each(faults)('$name, lose nothing and do nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });

  it('SIGTERM of one under load, fail no accepted run; it ends within 30 s with code 0', async () => {
    let how: number | NodeJS.Signals | undefined;
    let seconds = 0;
    const row = await scene.tryFault({
      name: 'SIGTERM of one of two servers',
      each: 4,
      inject: async ({ others }) => {
        const [leaving] = others;
        const from = performance.now();
        leaving!.signal('SIGTERM');
        others.splice(0, 1);
        how = await leaving!.exited;
        seconds = (performance.now() - from) / 1_000;
      },
    });
    console.log(`the server that was asked to stop ended with ${how} after ${seconds.toFixed(1)} s`);
    expect(row).toMatchObject(allIsWell);
    expect(how).toBe(0);
    expect(seconds).toBeLessThan(30);
  });
});
