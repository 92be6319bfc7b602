import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killConnectors, killServer, loseTemporal } from '../faults/injections.js';
import { allIsWell, Scene } from '../faults/scene.js';
import type { Fault } from '../faults/scene.js';

// The short form of `npm run faults`, which tries every fault on every kind of workflow.
let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open({ only: ['express', 'plain', 'parallel', 'strict', 'queue', 'loop', 'calls'] });
});
afterAll(() => scene?.close());

const faults: Fault[] = [
  { name: 'kill -9 of the server', each: 3, inject: killServer },
  { name: 'kill -9 of the connector child in mid-call', each: 3, inject: killConnectors },
  { name: "loss of Temporal's database", each: 3, inject: loseTemporal },
];

describe.each([1, 2])('an installation, by the seed %i, after', (seed) => {
  it.each(faults)('$name, loses nothing and does nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault, seed)).toMatchObject(allIsWell);
  });
});
