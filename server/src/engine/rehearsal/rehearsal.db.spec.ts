import type { JsonValue } from '@wfaib/sdk/items';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import type { ConnectorCall } from '../../connectors/connector-call.types.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import { StepFailure, type NodeContext, type NodeResult } from '../../nodes/core-node.types.js';
import { madeFrom } from '../../nodes/lineage.js';
import { routePerItem } from '../../nodes/per-item.js';
import { SandboxService } from '../../sandbox/sandbox.service.js';
import { NodeCatalog } from '../../workflows/node-catalog.service.js';
import { basicCases } from '../conformance/basic-cases.test-support.js';
import { codeCases } from '../conformance/code-cases.test-support.js';
import { sent, type ConformanceCase } from '../conformance/conformance-case.test-support.js';
import { loopCases } from '../conformance/loop-cases.test-support.js';
import { routingCases } from '../conformance/routing-cases.test-support.js';
import { timeCases } from '../conformance/time-cases.test-support.js';
import { createTestDatabase, startEngine, type Answer, type TestEngine } from '../engine.test-support.js';
import { CodePort } from '../steps/code-port.service.js';
import { rehearse } from './rehearsal.service.js';
import type { Rehearsed } from './rehearsal.types.js';

let db: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
});
afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

const cases = [...basicCases, ...routingCases, ...loopCases, ...timeCases, ...codeCases].filter(
  // In a rehearsal one step ends after the other.
  ({ during, overlaps }) => during === undefined && overlaps === undefined,
);

/** What the test connector does with a step, without the connector. */
function answered(context: NodeContext, answer: Answer): Promise<NodeResult> {
  return routePerItem(context, {}, async (_, index) => {
    const input = { value: context.parameter<JsonValue>('value', index) };
    const outcome = await answer({ input, signal: context.signal } as unknown as ConnectorCall);
    if (!outcome.ok) throw new StepFailure(outcome.error);
    return { main: outcome.items.map((item) => ({ ...item, source: madeFrom(context, index) })) };
  });
}

function rehearsed({ document, items = [{}], more, answer = sent }: ConformanceCase): Promise<Rehearsed> {
  const answers = answer();
  const code = new CodePort(engine.get(SandboxService));
  return rehearse({
    document,
    describe: engine.get(NodeCatalog).describe,
    input: items.map((json) => ({ json })),
    ...(more?.start ? { startAt: more.start.nodeId } : {}),
    ...(more?.stopAt === undefined ? {} : { stopAt: more.stopAt }),
    startedAt: Date.now(),
    standIn: ({ node, context }) => (node.type.startsWith('test.') ? answered(context, answers) : undefined),
    runCode: (request, logs) => code.run('rehearsal', request, logs),
  });
}

/** An event without its times and its owner; hand-overs left out. */
function lineOf(event: RunEvent): string[] {
  if (event.type === 'run.handedOver') return [];
  const { at: _, startedAt: __, endedAt: ___, dueAt: ____, claim: _____, ...rest } = event as Record<string, unknown>;
  const isWait = event.type === 'step.waiting';
  return [JSON.stringify({ ...rest, ...(isWait ? { waits: event.waits.length } : {}) })];
}

/** Events of branches beside each other may come in any order. */
const linesOf = (events: readonly RunEvent[]): string[] => events.flatMap(lineOf).toSorted();

it.each(cases)('a rehearsal leaves the journal and the items of a real run: $name', async (each) => {
  const run = await rehearsed(each);
  expect(run).toMatchObject({ status: each.status, ...(each.error ? { error: each.error } : {}) });
  const result = run.result?.items.map(({ json }) => json);
  expect(result).toEqual(each.result ?? result);

  engine.answer = (each.answer ?? sent)();
  const launched = await engine.launch(each.document, each.items, { answersCaller: false, ...each.more });
  await launched.end(20_000);
  const real = await db.database.query<{ data: string }>('SELECT data FROM run_event WHERE run_id = $1', [
    launched.runId,
  ]);
  expect(linesOf(run.events)).toEqual(linesOf(real.map(({ data }) => JSON.parse(data) as RunEvent)));
  const items = await db.database.query<{ step: string; port: string; body: string }>(
    "SELECT step_key AS step, port, body FROM run_data WHERE run_id = $1 AND port NOT LIKE '@%'",
    [launched.runId],
  );
  for (const { step, port, body } of items) expect(run.itemsOf(step, port)).toEqual(JSON.parse(body));
});
