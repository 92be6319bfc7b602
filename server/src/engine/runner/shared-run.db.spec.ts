import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import { sent, value } from '../conformance/conformance-case.test-support.js';
import { chain, startEngine, type TestEngine } from '../engine.test-support.js';
import { Runner } from './runner.service.js';
import type { ExecuteOptions, RunProgress } from './runner.types.js';

/** Two workers of a Temporal that nobody answers for: the specs say who does what, and when. */
const nobody = { WFAIB_ENGINE: 'temporal', TEMPORAL_ADDRESS: '127.0.0.1:9' };

let db: TestDatabase;
let one: TestEngine;
let two: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 4 });
  [one, two] = [await startEngine(db, nobody), await startEngine(db, nobody)];
});
afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await db?.drop();
});

const stepByStep = { lightInPlace: false };
const advance = (engine: TestEngine, runId: string) => engine.get(Runner).advance(runId, 1, stepByStep);

/** A worker executes what was listed last. */
function execute(
  engine: TestEngine,
  runId: string,
  { commands: [first] }: RunProgress,
  more: Partial<ExecuteOptions> = {},
): Promise<RunProgress> {
  if (first?.kind !== 'step') throw new Error(`No step is listed: ${JSON.stringify(first)}`);
  const { signal } = new AbortController();
  return engine.get(Runner).executeStep(runId, 1, first.step, first.attempt, { ...stepByStep, signal, ...more });
}

const namesOf = ({ commands }: RunProgress) => commands.map((command) => ('name' in command ? command.name : 'idle'));

const document = chain(
  [
    { id: 'start', type: 'core.manual' },
    { id: 'first', type: 'test.send', parameters: value },
    { id: 'between', type: 'core.noop' },
    { id: 'second', type: 'test.send', parameters: value },
  ],
  undefined,
  { durability: 'strict' },
);

async function launch() {
  one.answer = two.answer = sent();
  one.calls.length = two.calls.length = 0;
  const run = await one.launch(document, [{ n: 1 }], { answersCaller: false });
  return run.runId;
}

describe('workers that take turns with a run', () => {
  it('know what the other one did when they are asked for a step that comes after it', async () => {
    const runId = await launch();
    const listed = await advance(one, runId);
    const afterFirst = await execute(two, runId, listed);
    expect(namesOf(afterFirst)).toEqual(['between']);
    const afterBetween = await execute(one, runId, afterFirst);
    expect(namesOf(afterBetween)).toEqual(['second']);
    expect(await execute(two, runId, afterBetween)).toMatchObject({ ended: true });
  });

  it('list what is outstanding now, not what was when they last had to do with the run', async () => {
    const runId = await launch();
    const listed = await advance(one, runId);
    await execute(two, runId, listed);
    expect(namesOf(await advance(one, runId))).toEqual(['between']);
  });

  it('do not repeat an effect whose outcome the other one wrote', async () => {
    const runId = await launch();
    const listed = await advance(one, runId);
    // The first worker says that it will, then it is out of reach.
    expect(await execute(one, runId, listed, { mayTouch: () => false })).toMatchObject({ superseded: true });
    expect(namesOf(await execute(two, runId, listed))).toEqual(['between']);
    expect(namesOf(await execute(one, runId, listed))).toEqual(['between']);
    expect([one.calls.length, two.calls.length]).toEqual([0, 1]);
  });

  it('say which of two answers is the later one', async () => {
    const runId = await launch();
    const before = await advance(one, runId);
    const after = await execute(two, runId, before);
    expect(after.seq).toBeGreaterThan(before.seq);
    expect((await advance(one, runId)).seq).toBe(after.seq);
  });
});
