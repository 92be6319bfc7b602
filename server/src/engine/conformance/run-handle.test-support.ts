import type { JsonObject } from '@wfaib/sdk/items';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { Ids } from '../../clock/ids.service.js';
import { RunInbox } from '../control/run-inbox.service.js';
import type { TestEngine } from '../engine.test-support.js';
import { RunWake } from '../run-wake.service.js';
import type { RunHandle } from './conformance-case.test-support.js';

/** The outside of a run, as seen from the server `engine`. */
export function handleOf(engine: TestEngine, { database }: TestDatabase, runId: string): RunHandle {
  const inbox = new RunInbox(database, engine.get(Ids), engine.get(RunWake));
  return {
    runId,
    until: async (type, nodeId) => {
      for (const end = Date.now() + 15_000; ;) {
        const found = await database.query(
          'SELECT 1 FROM run_event WHERE run_id = $1 AND type = $2 AND ($3::text IS NULL OR data LIKE \'%"nodeId":"\' || $3 || \'"%\')',
          [runId, type, nodeId ?? null],
        );
        if (found.length > 0) return;
        if (Date.now() > end) throw new Error(`Run ${runId} had no event ${type} within 15 seconds.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    cancel: async () => void (await inbox.put(runId, { kind: 'cancel', step: null, body: {} }, 'cancel')),
    unpause: async () => void (await inbox.put(runId, { kind: 'unpause', step: null, body: {} })),
    resume: async (items: JsonObject[]) => {
      const body = { items: items.map((json) => ({ json })) };
      await inbox.put(runId, { kind: 'resume', step: null, body }, 'resume');
    },
  };
}
