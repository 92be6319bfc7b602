import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chain, createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { Reconciler } from '../reconciler/reconciler.service.js';
import { HostRegistry } from './host-registry.js';
import { Ownership } from './ownership.service.js';

let db: TestDatabase;
let engine: TestEngine;
beforeEach(async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
});
afterEach(async () => {
  await engine?.stop();
  await db?.drop();
});

const launch = (durability: string) => {
  const nodes = [
    { id: 'start', type: 'core.manual' },
    { id: 'send', type: 'test.send' },
  ];
  return engine.launch(chain(nodes, undefined, { durability }), [{}], { answersCaller: false });
};
const until = async (what: () => boolean) => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 10));
};
const rowOf = async (runId: string) =>
  (
    await db.database.query<{ epoch: number; takeovers: number }>('SELECT epoch, takeovers FROM run WHERE id = $1', [
      runId,
    ])
  )[0]!;

describe.each([
  ['process', 'express'],
  ['queue', 'queue'],
] as const)('a run of the host "%s"', (host, durability) => {
  /** Takes the run away from its owner, and gives it to the next one: there is no other than this process. */
  const takeAway = async (runId: string) => {
    const { epoch } = await rowOf(runId);
    const owned = await engine.get(Ownership).release({ runId, epoch, host }, 'a spec asked for it');
    await engine.get(HostRegistry).find(host)!.wake(runId, owned!.epoch);
  };

  it('goes on at once where the process that lost it gets it back while it is still at a step', async () => {
    engine.answer = () => new Promise(() => undefined);
    const run = await launch(durability);
    await until(() => engine.calls.length === 1);
    engine.answer = () => ({ ok: true, items: [{ json: { by: 'the next owner' } }] });
    await takeAway(run.runId);
    expect(await run.end(10_000)).toMatchObject({
      status: 'succeeded',
      result: { items: [{ json: { by: 'the next owner' } }] },
    });
    expect(engine.calls.map(({ key }) => key)).toEqual([engine.calls[0]!.key, engine.calls[0]!.key]);
  });

  it('is not thought to be lost while it is being claimed', async () => {
    engine.answer = () => new Promise(() => undefined);
    const run = await launch(durability);
    await until(() => engine.calls.length === 1);
    engine.answer = () => ({ ok: true, items: [{ json: {} }] });
    const ownership = engine.get(Ownership);
    const claimFree = ownership.claimFree.bind(ownership);
    let hear: () => void = () => undefined;
    const hears = new Promise<void>((resolve) => (hear = resolve));
    let claims = 0;
    ownership.claimFree = async (...about) => {
      const owned = await claimFree(...about);
      claims += 1;
      await hears;
      return owned;
    };
    const taken = takeAway(run.runId);
    await until(() => claims === 1);
    await db.database.query("UPDATE run SET created_at = created_at - interval '1 minute'");
    const { takeovers } = await rowOf(run.runId);
    await engine.get(Reconciler).round();
    hear();
    await taken;
    expect(await run.end(10_000)).toMatchObject({ status: 'succeeded' });
    expect(await rowOf(run.runId)).toMatchObject({ takeovers });
  });
});
