import { randomUUID } from 'node:crypto';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { beforeEach, describe, expect, it } from 'vitest';
import { backlogSql } from '../admission/backlog.js';
import { sent } from '../conformance/conformance-case.test-support.js';
import { handleOf } from '../conformance/run-handle.test-support.js';
import { chain, type TestEngine } from '../engine.test-support.js';
import type { RunEnd } from '../launcher/launched-run.js';
import { SystemFacts } from '../../health/system-facts.service.js';
import { RunsRepository } from '../../runs/runs.repository.js';
import { PlacesKeeper } from './places-keeper.service.js';
import { RunPlaces } from './run-places.service.js';
import { startTwoEngines } from '../two-engines.test-support.js';

const { db, one, two } = await startTwoEngines();

/** Values in the order in which steps began to send them, and how many did so at the same time. */
let begun: unknown[];
let most: number;
beforeEach(() => {
  [begun, most] = [[], 0];
  let working = 0;
  one.answer = two.answer = async (call) => {
    begun.push(call.input['value']);
    most = Math.max(most, ++working);
    await new Promise((resolve) => setTimeout(resolve, 20));
    working -= 1;
    return sent()(call);
  };
});

type Nodes = Parameters<typeof chain>[0];
const send = { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } };
const limited = (maxConcurrentRuns: number, nodes: Nodes = [send], durability = 'express'): WorkflowDocument =>
  chain([{ id: 'in', type: 'core.called' }, ...nodes], undefined, { maxConcurrentRuns, durability });

/** Stores a live version. */
async function publish(document: WorkflowDocument, id: string = randomUUID()): Promise<string> {
  await db.database.query(
    `INSERT INTO workflow (id, project_id, name, draft, live_version, updated_by) VALUES ($1, $2, 'Test', $3, 1, $1)`,
    [id, db.projectId, JSON.stringify(document)],
  );
  await db.database.query(
    `INSERT INTO workflow_version (workflow_id, number, document, hash, published_by) VALUES ($1, 1, $2, 'h', $1)`,
    [id, JSON.stringify(document)],
  );
  return id;
}

const launch = (engine: TestEngine, document: WorkflowDocument, workflowId: string, n = 0, more: object = {}) =>
  engine.launch(document, [{ n }], { answersCaller: false, workflowId, ...more });
const statusOf = async (runId: string) =>
  (await db.database.query<{ status: string }>('SELECT status FROM run WHERE id = $1', [runId]))[0]!.status;
const ended = (runs: { end(ms: number): Promise<RunEnd | undefined> }[]) =>
  Promise.all(runs.map(async (run) => (await run.end(20_000))?.status));

describe('a workflow with a limit of runs at the same time', () => {
  it.each(['express', 'queue'])(
    'lets no more run on two servers, in the order they were accepted (%s)',
    async (durability) => {
      const document = limited(2, [send], durability);
      const workflowId = await publish(document);
      const runs = [];
      for (let n = 0; n < 8; n++) runs.push(await launch(n % 2 === 0 ? one : two, document, workflowId, n));
      expect(await ended(runs)).toEqual(runs.map(() => 'succeeded'));
      expect(most).toBeLessThanOrEqual(2);
      // Two that begin together may reach their step in either order.
      begun.forEach((n, index) => expect(Math.abs(Number(n) - index)).toBeLessThanOrEqual(1));
    },
  );

  it('does not count those that wait for their turn as a backlog, and has tests pass them', async () => {
    const document = limited(1, [{ id: 'wait', type: 'core.wait', parameters: { webhook: true } }]);
    const workflowId = await publish(document);
    const first = await launch(one, document, workflowId);
    await handleOf(one, db, first.runId).until('step.waiting');
    const second = await launch(two, document, workflowId);
    const test = await launch(one, document, workflowId, 0, { mode: 'test' });
    await handleOf(one, db, test.runId).until('step.waiting');
    expect(await statusOf(second.runId)).toBe('pending');
    expect(await db.database.query(backlogSql, [10])).toEqual([{ count: 0, oldest: null }]);
    expect(await one.get(RunsRepository).turnOf(second.runId)).toEqual({ limit: 1, ahead: 0 });
    // Cancelled while it waits, it never begins; the first one still has its place.
    await handleOf(two, db, second.runId).cancel();
    expect(await second.end(5_000)).toMatchObject({ status: 'cancelled' });
    const third = await launch(two, document, workflowId);
    expect(await statusOf(third.runId)).toBe('pending');
    for (const run of [first, test]) await handleOf(one, db, run.runId).cancel();
    await handleOf(two, db, third.runId).until('step.waiting');
    await handleOf(two, db, third.runId).cancel();
    expect(await third.end(5_000)).toMatchObject({ status: 'cancelled' });
  });

  it('gives the place of a run whose server died before anybody heard of its end, and goes by the live limit', async () => {
    const document = limited(1);
    const workflowId = await publish(document);
    const places = [one.get(RunPlaces), two.get(RunPlaces)];
    const give = places.map((each) => each.give.bind(each));
    for (const each of places) each.give = () => Promise.resolve();
    const runs = [];
    for (let n = 0; n < 4; n++) runs.push(await launch(one, document, workflowId, n));
    places.forEach((each, index) => (each.give = give[index]!));
    expect(await Promise.all(runs.map(({ runId }) => statusOf(runId)))).toEqual(runs.map(() => 'pending'));
    await db.database.query('UPDATE workflow_version SET document = $2 WHERE workflow_id = $1', [
      workflowId,
      JSON.stringify(limited(4)),
    ]);
    await two.get(PlacesKeeper).round();
    expect(await ended(runs)).toEqual(runs.map(() => 'succeeded'));
    expect(most).toBeGreaterThan(1);
  });
});

it('counts runs that began under a version without a limit, and tells health of none that waits for its turn', async () => {
  const wait = { id: 'wait', type: 'core.wait', parameters: { webhook: true } };
  const [before, now] = [chain([{ id: 'in', type: 'core.called' }, wait]), limited(1, [wait])];
  const workflowId = await publish(now);
  const old = [await launch(one, before, workflowId), await launch(two, before, workflowId)];
  for (const { runId } of old) await handleOf(one, db, runId).until('step.waiting');
  const fresh = await launch(two, now, workflowId);
  await one.get(PlacesKeeper).round();
  expect(await statusOf(fresh.runId)).toBe('pending');
  const open = await new SystemFacts(db.database).openRuns(Date.now() + 600_000);
  expect(open).toMatchObject({ pending: 1, oldestPendingMs: 0 });

  await handleOf(one, db, old[0]!.runId).cancel();
  await old[0]!.end(20_000);
  await two.get(PlacesKeeper).round();
  expect(await statusOf(fresh.runId)).toBe('pending');
  await handleOf(one, db, old[1]!.runId).cancel();
  await old[1]!.end(20_000);
  await two.get(PlacesKeeper).round();
  await handleOf(two, db, fresh.runId).until('step.waiting');
  await handleOf(two, db, fresh.runId).cancel();
  expect(await fresh.end(5_000)).toMatchObject({ status: 'cancelled' });
});

describe('calls of a workflow with a limit', () => {
  const calling = (workflowId: string, more: object = {}) => ({
    id: 'call',
    type: 'core.call',
    parameters: { workflowId, ...more },
  });

  it('count against the limit of the called workflow', async () => {
    const workflowId = await publish(limited(2));
    const caller = chain([{ id: 'start', type: 'core.manual' }, calling(workflowId, { mode: 'eachItem' })]);
    const items = Array.from({ length: 6 }, (_, n) => ({ n }));
    const run = await one.launch(caller, items, { answersCaller: false });
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
    expect(begun).toHaveLength(6);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('of itself work in its place, so that it does not wait for itself', async () => {
    const id = randomUUID();
    const again = {
      id: 'again',
      type: 'core.filter',
      parameters: { condition: '={{ $json.n < 3 }}' },
    };
    const document = limited(1, [
      send,
      { id: 'next', type: 'core.set', parameters: { fields: { n: '={{ $json.sent + 1 }}' } } },
      again,
      calling(id),
    ]);
    await publish(document, id);
    const run = await launch(one, document, id);
    expect(await run.end(20_000)).toMatchObject({ status: 'succeeded' });
    expect(begun).toEqual([0, 1, 2]);
  });

  it('go on without a place where two workflows wait for each other', async () => {
    const [a, b] = [randomUUID(), randomUUID()];
    const only = (id: string) => ({ id, type: 'core.filter', parameters: { condition: '={{ $json.n === 0 }}' } });
    const step = { id: 'step', type: 'core.set', parameters: { fields: { n: 1 } } };
    const meet = { id: 'meet', type: 'core.wait', parameters: { webhook: true } };
    const documentA = limited(1, [only('first'), meet, step, calling(b)]);
    const documentB = limited(1, [only('first'), meet, step, calling(a)]);
    await Promise.all([publish(documentA, a), publish(documentB, b)]);
    const runs = [await launch(one, documentA, a), await launch(two, documentB, b)];
    // Each has its place before either calls.
    for (const { runId } of runs) await handleOf(one, db, runId).until('step.waiting');
    for (const { runId } of runs) await handleOf(one, db, runId).resume([{ n: 0 }]);
    for (const { runId } of runs) await handleOf(one, db, runId).until('child.started');
    await one.get(PlacesKeeper).round();
    expect(await ended(runs)).toEqual(['succeeded', 'succeeded']);
  });
});
