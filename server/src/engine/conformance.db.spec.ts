import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../../../test/support/test-database.js';
import type { Durability } from '@wfaib/sdk/workflow-document';
import { conformanceCases, eventsOf, type ConformanceCase } from './conformance.test-support.js';
import { createTestDatabase, startEngine, type TestEngine } from './engine.test-support.js';

let db: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase({ poolSize: 4 });
  engine = await startEngine(db);
});
afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

/** The durabilities that need nothing but PostgreSQL; `temporal/` runs the same cases on Temporal. */
const durabilities: Durability[] = ['express', 'queue'];

async function run({ document, items, answer }: ConformanceCase, durability: Durability) {
  if (answer) engine.answer = answer();
  const fixed = { ...document, settings: { ...document.settings, durability } };
  const launched = await engine.launch(fixed, items, { answersCaller: false });
  const end = await launched.end(20_000);
  return { end, events: await eventsOf(db, launched.runId) };
}

describe.each(durabilities)('a run of durability %s', (durability) => {
  it.each(conformanceCases)('means what its document says: $name', async (each) => {
    const { end, events } = await run(each, durability);
    expect(end?.status).toBe(each.status);
    expect(end).toMatchObject({
      ...(each.error ? { error: each.error } : { error: null }),
      ...(each.result ? { result: { items: each.result.map((json) => ({ json })) } } : {}),
    });
    expect(events).toEqual(each.events);
  });
});
