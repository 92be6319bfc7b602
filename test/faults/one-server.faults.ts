import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freeze,
  keepDown,
  killBackend,
  killConnectors,
  killPostgres,
  killSandbox,
  killServer,
  killServerOften,
  killTemporal,
  loseTemporal,
  postgresPids,
} from './injections.js';
import { allIsWell, Scene } from './scene.js';
import type { Fault } from './scene.js';

let scene: Scene;
beforeAll(async () => {
  scene = await Scene.open();
});
afterAll(() => scene?.close());

const faults: Fault[] = [
  { name: 'kill -9 of the server', each: 4, inject: killServer },
  {
    name: 'server frozen for 18 s in mid-step',
    each: 4,
    inject: freeze((it) => [it.wfaib.serverPid()], 18_000),
  },
  { name: 'kill -9 of the server, five times in a row', each: 4, inject: killServerOften(5, 2_000) },
  { name: 'kill -9 of a sandbox child in mid-step', each: 4, inject: killSandbox },
  { name: 'kill -9 of the connector child in mid-call', each: 4, inject: killConnectors },
  { name: 'kill -9 of Temporal', each: 4, inject: killTemporal },
  { name: 'Temporal down for 30 s', each: 4, inject: keepDown('temporal', 30_000) },
  { name: 'kill -9 of PostgreSQL', each: 4, inject: killPostgres },
  { name: 'kill -9 of a PostgreSQL session', each: 4, inject: killBackend },
  { name: 'sandbox frozen for 2 s', each: 4, inject: freeze((it) => it.wfaib.pids('sandbox'), 2_000) },
  // Longer than the time limit of its code: the code is not blamed, another child does it.
  { name: 'sandbox frozen for 12 s', each: 4, inject: freeze((it) => it.wfaib.pids('sandbox'), 12_000) },
  {
    name: 'connectors frozen for 12 s in mid-call',
    each: 4,
    inject: freeze((it) => it.wfaib.pids('connectors'), 12_000),
  },
  { name: 'Temporal frozen for 18 s', each: 4, inject: freeze((it) => [it.process('temporal').pid], 18_000) },
  { name: 'PostgreSQL frozen for 18 s', each: 4, inject: freeze(postgresPids, 18_000) },
  { name: "loss of Temporal's database", each: 4, inject: loseTemporal },
];

describe('one server, after', () => {
  it.each(faults)('$name, loses nothing and does nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });
});
