import type { Durability } from '@wfaib/sdk/workflow-document';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTemporal, type TestTemporal } from '../../../../test/support/temporal.js';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { createTestDatabase, startEngine, type TestEngine } from '../engine.test-support.js';
import { approvalCases } from './approval-cases.test-support.js';
import { basicCases } from './basic-cases.test-support.js';
import { callCases } from './call-cases.test-support.js';
import { codeCases } from './code-cases.test-support.js';
import type { ConformanceCase } from './conformance-case.test-support.js';
import { fileCases } from './file-cases.test-support.js';
import { pauseCases } from './pause-cases.test-support.js';
import { undoCases } from './undo-cases.test-support.js';
import { loopCases } from './loop-cases.test-support.js';
import { randomCases } from './random-cases.test-support.js';
import { routingCases } from './routing-cases.test-support.js';
import { recordJournal } from './record-journal.test-support.js';
import { handleOf } from './run-handle.test-support.js';
import { orderOf, recordOf, type RunRecord } from './run-record.test-support.js';
import { timeCases } from './time-cases.test-support.js';

let db: TestDatabase;
let temporal: TestTemporal;
/** A server that has a Temporal and one that has none. */
let engines: Record<'withTemporal' | 'alone', TestEngine>;
beforeAll(async () => {
  [db, temporal] = await Promise.all([createTestDatabase({ poolSize: 4 }), startTestTemporal()]);
  engines = { withTemporal: await startEngine(db, temporal.env), alone: await startEngine(db) };
});
afterAll(async () => {
  await Promise.all(Object.values(engines ?? {}).map((engine) => engine.stop()));
  await temporal?.drop();
  await db?.drop();
});

const hosts: { host: string; engine: keyof typeof engines; durability: Durability }[] = [
  { host: 'in process, going on in the queue', engine: 'alone', durability: 'express' },
  { host: 'in process, going on in Temporal', engine: 'withTemporal', durability: 'express' },
  { host: 'in the queue', engine: 'withTemporal', durability: 'queue' },
  { host: 'in Temporal', engine: 'withTemporal', durability: 'standard' },
  { host: 'in Temporal, step by step', engine: 'withTemporal', durability: 'strict' },
];

/** Set by `scripts/record-journals.mjs`: where to keep the journals of two of the hosts. */
const journals = process.env['WFAIB_RECORD_JOURNALS'];
const recordedHosts = [hosts[0]!, hosts[3]!];

const cases = [
  ...basicCases,
  ...routingCases,
  ...loopCases,
  ...timeCases,
  ...codeCases,
  ...callCases,
  ...fileCases,
  ...undoCases,
  ...pauseCases,
  ...approvalCases,
  ...randomCases,
];

async function run(each: ConformanceCase, host: (typeof hosts)[number]) {
  const { name, document, items, more, answer, during, isNumberedByTime = false } = each;
  const engine = engines[host.engine];
  // Either server may take a job from the queue.
  const both = Object.values(engines);
  const answers = answer?.();
  for (const each of both) {
    each.calls.length = 0;
    if (answers) each.answer = answers;
  }
  const fixed = { ...document, settings: { ...document.settings, durability: host.durability } };
  const launched = await engine.launch(fixed, items, { answersCaller: false, ...more });
  await during?.(handleOf(engine, db, launched.runId));
  const end = await launched.end(20_000);
  if (journals !== undefined && recordedHosts.includes(host)) {
    const of = { runId: launched.runId, name, host: host.host, document: fixed };
    await recordJournal(db, journals, of, engine.get(NodeCatalog).describe);
  }
  // A step that was done twice would show here.
  const done = both.flatMap(({ calls }) => calls.map(({ item }) => JSON.stringify(item))).toSorted();
  const record = { ...(await recordOf(db, launched.runId, { isNumberedByTime })), calls: done };
  return { end, record, order: await orderOf(db, launched.runId) };
}

describe.each(cases)('$name', (each) => {
  let first: (RunRecord & { calls: string[] }) | undefined;

  it.each(hosts)('$host', async (host) => {
    const { end, record, order } = await run(each, host);
    expect(end).toMatchObject({ status: each.status, error: each.error ?? null });
    if (each.result) expect(end!.result!.items.map(({ json }) => json)).toEqual(each.result);
    if (each.events) expect(record.events).toEqual(each.events);
    expect(record.compensation).toBe(each.compensation ?? null);
    expect(record.tasks).toEqual(each.tasks ?? []);
    if (each.order) expect(order.filter((nodeId) => each.order!.includes(nodeId))).toEqual(each.order);
    first ??= record;
    expect(record).toEqual(first);
  });
});
