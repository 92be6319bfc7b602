import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeze, killServer } from './injections.js';
import { allIsWell, Scene } from './scene.js';
import type { Fault } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ env: { WFAIB_ROLE: 'api' }, others: ['worker'] });
});
afterAll(() => scene?.close());

const faults: Fault[] = [
  { name: 'kill -9 of the api', each: 4, inject: killServer },
  {
    name: 'kill -9 of the worker',
    each: 4,
    inject: async (it) => {
      const [worker] = it.others;
      worker!.signal('SIGKILL');
      await it.replace(worker!, 'worker');
    },
  },
  { name: 'worker frozen for 18 s in mid-step', each: 4, inject: freeze((it) => [it.others[0]!.pid], 18_000) },
];

describe('api and worker apart, after', () => {
  it.each(faults)('$name, loses nothing and does nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });
});
