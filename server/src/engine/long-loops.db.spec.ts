import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../../../test/support/test-database.js';
import { sent, value } from './conformance/conformance-case.test-support.js';
import { handleOf } from './conformance/run-handle.test-support.js';
import { chain, createTestDatabase, startEngine, type TestEngine } from './engine.test-support.js';
import { RunSlots } from './runner/run-slots.js';

let db: TestDatabase;
let engine: TestEngine;
beforeAll(async () => {
  db = await createTestDatabase();
  engine = await startEngine(db);
  engine.answer = sent();
});
afterAll(async () => {
  await engine?.stop();
  await db?.drop();
});

/** More rounds than a run keeps the rows of. */
const rounds = 200;
const items = Array.from({ length: rounds }, (_, n) => ({ n }));
const set = (id: string, fields: object) => ({ id, type: 'core.set', parameters: { fields, keep: 'none' } });

/** Sends each item in a round of its own and waits; then come `after`. */
const longLoop = (...after: Parameters<typeof chain>[0]) =>
  chain(
    [
      { id: 'start', type: 'core.manual' },
      set('before', { n: '={{ $json.n }}' }),
      { id: 'loop', type: 'core.loop' },
      set('body', { n: "={{ $('before').item.json.n }}", first: "={{ $('start').first().json.n }}" }),
      { id: 'send', type: 'test.send', parameters: value, compensateWith: 'undo' },
      set('pairs', { body: "={{ $('body').item.json.n }}", start: "={{ $('start').item.json.n }}" }),
      { id: 'wait', type: 'core.wait', parameters: { webhook: true } },
      ...after,
      { id: 'undo', type: 'test.send', parameters: { value: '={{ -$json.sent }}' } },
    ],
    [
      'start>before',
      'before>loop',
      'loop.loop>body',
      'body>send',
      'send>loop.next',
      'loop.done>pairs',
      'pairs>wait',
      ...after.map(({ id }, index) => `${after[index - 1]?.id ?? 'wait'}>${id}`),
    ],
  );

/** Plays it up to the wait, has the server forget all it knows of it, and goes on. */
async function play(document: ReturnType<typeof chain>) {
  engine.calls.length = 0;
  const run = await engine.launch(document, items, { answersCaller: false });
  const outside = handleOf(engine, db, run.runId);
  await outside.until('step.waiting', 'wait');
  engine.get(RunSlots).forgetAll();
  await outside.resume([{ resumed: true }]);
  const end = await run.end(60_000);
  const steps = await db.database.query<{ nodeId: string; status: string; position: number }>(
    'SELECT node_id AS "nodeId", status, position FROM run_step WHERE run_id = $1 ORDER BY position',
    [run.runId],
  );
  return { end, steps };
}

it('reads back what it had dropped of the rounds of a long loop', async () => {
  const { end, steps } = await play(
    longLoop(
      set('end', {
        sent: "={{ $('send').all().length }}",
        bodies: "={{ $('body').last().json.n }}",
        lastOfLoop: "={{ $('loop').all().length }}",
        previous: '={{ $prevNode.name }}',
        n: "={{ $('start').all().length }}",
        isPaired: "={{ $('pairs').all().every(({ json }, n) => json.body === n && json.start === n) }}",
      }),
    ),
  );
  expect(end).toMatchObject({ status: 'succeeded', error: null });
  const [item] = end!.result!.items;
  expect(item!.json).toEqual({
    sent: 1,
    bodies: 0,
    lastOfLoop: rounds,
    previous: 'wait',
    n: rounds,
    isPaired: true,
  });
  expect(steps.map(({ position }) => position)).toEqual(steps.map((_, index) => index));
  expect(engine.calls.map(({ item }) => item['value'])).toEqual(items.map(({ n }) => n));
}, 60_000);

it('undoes every round of a long loop, those it had dropped too', async () => {
  const { end, steps } = await play(longLoop({ id: 'stop', type: 'core.stop', parameters: { message: 'no' } }));
  expect(end).toMatchObject({ status: 'failed', error: { message: 'no' } });
  const undone = engine.calls.slice(rounds).map(({ item }) => item['value']);
  expect(undone).toEqual(items.map(({ n }) => 0 - n).toReversed());
  const sends = steps.filter(({ nodeId }) => nodeId === 'send');
  expect(new Set(sends.map(({ status }) => status))).toEqual(new Set(['compensated']));
}, 60_000);
