import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/test-database.js';
import type { ConnectorOutcome } from '../../connectors/connector-call.types.js';
import { killedError } from '../../connectors/connector-errors.js';
import { chain, startEngine, type TestEngine } from '../engine.test-support.js';

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

const sending = chain([
  { id: 'start', type: 'core.manual' },
  { id: 'send', type: 'test.send', parameters: { value: '={{ $json.n }}' } },
]);
const killed: ConnectorOutcome = { ok: false, error: killedError('signal SIGKILL') };

describe('a call whose process was killed', () => {
  it('is made once more under the same key, without a try of the step', async () => {
    const answers: ConnectorOutcome[] = [killed, { ok: true, items: [{ json: { sent: 1 } }] }];
    engine.answer = () => answers.shift()!;
    const run = await engine.launch(sending, [{ n: 1 }]);
    expect(await run.end(5_000)).toMatchObject({ status: 'succeeded', result: { items: [{ json: { sent: 1 } }] } });
    const [first, second] = engine.calls.slice(-2);
    expect(second?.key).toBe(first?.key);
    const attempts = await db.database.query('SELECT attempt FROM run_step WHERE run_id = $1 AND node_id = $2', [
      run.runId,
      'send',
    ]);
    expect(attempts).toEqual([{ attempt: 1 }]);
  });

  it('fails where it brings down the next process too', async () => {
    engine.answer = () => killed;
    const before = engine.calls.length;
    const run = await engine.launch(sending, [{ n: 2 }]);
    expect(await run.end(5_000)).toMatchObject({ status: 'failed', error: { code: 'connector.killed' } });
    expect(engine.calls.length - before).toBe(2);
  });
});
