import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { chain, type TestEngine } from '../engine.test-support.js';
import { ProcessHost } from '../host/process-host.service.js';
import { ProcessLease } from '../process/process-lease.service.js';
import { Reconciler } from '../reconciler/reconciler.service.js';
import { SeenValues } from './seen-values.service.js';
import { startTwoEngines } from '../two-engines.test-support.js';

const { db, one, two } = await startTwoEngines();

const document = chain(
  [
    { id: 'start', type: 'core.manual' },
    { id: 'once', type: 'core.dedupe', parameters: { by: ['n'], scope: 'workflow' } },
    { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } },
  ],
  undefined,
  { durability: 'express' },
);
const numbers = [{ n: 1 }, { n: 2 }, { n: 3 }];

async function passed(engine: TestEngine, workflowId: string, more: object = {}): Promise<unknown[]> {
  const run = await engine.launch(document, numbers, { answersCaller: false, workflowId, ...more });
  const end = await run.end(10_000);
  expect(end?.status).toBe('succeeded');
  return end!.result!.nodeId === 'send' ? end!.result!.items.map(({ json }) => json['sent']) : [];
}

/** Lets a server mark what it saw, and come to a stop before the journal hears of it. */
function haltAfterMarking(engine: TestEngine): { marked: Promise<void>; goOn: () => void } {
  const seen = engine.get(SeenValues);
  const remember = seen.remember.bind(seen);
  let goOn: () => void = () => undefined;
  const marked = new Promise<void>((tell) => {
    seen.remember = async (...asked) => {
      const answer = await remember(...asked);
      seen.remember = remember;
      tell();
      await new Promise<void>((resolve) => (goOn = resolve));
      return answer;
    };
  });
  return { marked, goOn: () => goOn() };
}

it('loses nothing and lets nothing pass twice when a server dies after it marked what it saw', async () => {
  const workflowId = randomUUID();
  const halt = haltAfterMarking(one);
  const run = await one.launch(document, numbers, { answersCaller: false, workflowId });
  await halt.marked;
  await db.database.query("UPDATE process SET lease_until = now() - interval '1 second' WHERE id = $1", [
    one.get(ProcessLease).processId,
  ]);
  await two.get(Reconciler).round();
  const end = await run.end(10_000);
  expect(end?.result?.items.map(({ json }) => json['sent'])).toEqual([1, 2, 3]);
  // The first server was only frozen: what it knows does not count any more.
  halt.goOn();
  await expect.poll(() => one.get(ProcessHost).has(run.runId)).toBe(false);
  expect([...one.calls, ...two.calls].map(({ item }) => item['value'])).toEqual([1, 2, 3]);
  expect(await passed(two, workflowId)).toEqual([]);
});

it('lets the same items pass again where their run is retried, and those of other runs not', async () => {
  const workflowId = randomUUID();
  const first = await one.launch(document, numbers, { answersCaller: false, workflowId });
  await first.end(10_000);
  const retry = { rootRunId: first.runId, retryOf: first.runId };
  expect(await passed(one, workflowId, retry)).toEqual([1, 2, 3]);
  expect(await passed(one, workflowId)).toEqual([]);
});

it('tells a step that its values are new even where they are forgotten at once', async () => {
  const seen = one.get(SeenValues);
  const step = (key: string) => ({ runId: randomUUID(), key });
  const all = Array.from({ length: 20 }, (_, n) => seen.remember('small', step(`${n}`), [`value ${n}`], 1));
  expect(await Promise.all(all)).toEqual(all.map(() => [true]));
});
