import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './api.js';
import { allIsWell, Scene } from './scene.js';
import type { Fault } from './scene.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

/** Two servers; the wires of the second lead through here. */
let scene: Scene;
let postgres: TcpProxy;
let temporal: TcpProxy;
beforeAll(async () => {
  scene = await Scene.open();
  const env = scene.wfaib.environment();
  const url = new URL(env['DATABASE_URL']!);
  postgres = await startTcpProxy(url.host);
  temporal = await startTcpProxy(env['TEMPORAL_ADDRESS']!);
  url.host = postgres.address;
  await scene.addServer('all', { DATABASE_URL: url.href, TEMPORAL_ADDRESS: temporal.address });
});
afterAll(async () => {
  await scene?.close();
  await Promise.all([postgres?.stop(), temporal?.stop()]);
});

const cutFor = (wire: () => TcpProxy, ms: number) => async () => {
  wire().stall();
  await pause(ms);
  wire().heal();
};

const faults: Fault[] = [
  { name: 'one of two servers cut off from PostgreSQL for 18 s', each: 3, inject: cutFor(() => postgres, 18_000) },
  { name: 'one of two servers cut off from Temporal for 18 s', each: 3, inject: cutFor(() => temporal, 18_000) },
  {
    name: 'all connections of one server to PostgreSQL reset',
    each: 3,
    inject: () => postgres.reset(),
  },
  {
    name: 'PostgreSQL half a second late for one server',
    each: 2,
    inject: async () => {
      postgres.delayMs = 250;
      await pause(15_000);
      postgres.delayMs = 0;
    },
  },
];

describe('two servers, after', () => {
  it.each(faults)('$name, lose nothing and do nothing twice but under the same key', async (fault) => {
    expect(await scene.tryFault(fault)).toMatchObject(allIsWell);
  });
});
