import type { JsonObject } from '@wfaib/sdk/items';
import type { TestDatabase } from '../../../../test/support/test-database.js';
import { expect } from 'vitest';
import { Clock } from '../../clock/clock.service.js';
import { Ids } from '../../clock/ids.service.js';
import { RunFamily } from '../children/run-family.service.js';
import { ApprovalDecisions } from '../control/approval-decisions.service.js';
import { ForceStop } from '../control/force-stop.service.js';
import { RunInbox } from '../control/run-inbox.service.js';
import { UndoDecisions } from '../control/undo-decisions.service.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership } from '../host/ownership.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import { RunJournal } from '../journal/run-journal.service.js';
import { RunAccess } from '../runner/run-access.js';
import type { TestEngine } from '../engine.test-support.js';
import { RunWake } from '../run-wake.service.js';
import type { RunHandle } from './conformance-case.test-support.js';

/** The outside of a run, as seen from the server `engine`. */
export function handleOf(engine: TestEngine, { database, unitOfWork }: TestDatabase, runId: string): RunHandle {
  const inbox = new RunInbox(database, engine.get(Ids), engine.get(RunWake));
  const [access, reader, journal, clock] = [
    engine.get(RunAccess),
    engine.get(JournalReader),
    engine.get(RunJournal),
    engine.get(Clock),
  ];
  const until = async (isSo: () => Promise<boolean>, what: string): Promise<void> => {
    for (const end = Date.now() + 60_000; !(await isSo());) {
      if (Date.now() > end) throw new Error(`Run ${runId} was not ${what} within a minute.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const stepOf = async (nodeId: string, status: string): Promise<string> => {
    let step: string | undefined;
    await until(async () => {
      const [row] = await database.query<{ step: string }>(
        'SELECT step_key AS step FROM run_step WHERE run_id = $1 AND node_id = $2 AND status = $3',
        [runId, nodeId, status],
      );
      step = row?.step;
      return step !== undefined;
    }, `${status} at ${nodeId}`);
    return step!;
  };
  const told = async (id: string): Promise<string> => {
    const events = await database.query<{ type: string; data: string }>(
      'SELECT type, data FROM run_event WHERE run_id = $1 ORDER BY seq',
      [id],
    );
    return events.map(({ type, data }) => `${type} ${/"nodeId":"([^"]*)"/.exec(data)?.[1] ?? ''}`.trim()).join(', ');
  };
  return {
    runId,
    until: async (type, nodeId) => {
      // Longer than Temporal takes to hand a step out again whose worker fell silent, as on a machine that is very busy.
      for (const end = Date.now() + 25_000; ;) {
        const found = await database.query(
          'SELECT 1 FROM run_event WHERE run_id = $1 AND type = $2 AND ($3::text IS NULL OR data LIKE \'%"nodeId":"\' || $3 || \'"%\')',
          [runId, type, nodeId ?? null],
        );
        if (found.length > 0) return;
        if (Date.now() > end) throw new Error(`Run ${runId} had no event ${type} in time, only ${await told(runId)}.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    cancel: async () => void (await inbox.put(runId, { kind: 'cancel', step: null, body: {} }, 'cancel')),
    forceStop: () =>
      new ForceStop(access, reader, journal, inbox, engine.get(RunFamily), clock).stop(runId, 'somebody'),
    choose: async (nodeId, choice) => {
      const step = await stepOf(nodeId, 'paused');
      await inbox.put(runId, { kind: 'unpause', step, body: { choice } });
    },
    decide: async (nodeId, decision, name, more = {}) => {
      const step = await stepOf(nodeId, 'waiting');
      const decisions = new ApprovalDecisions(unitOfWork, engine.get(RunWake), clock, engine.get(Ids));
      expect(await decisions.take({ runId, step, decision, ...more }, { name, mayControl: true })).toBe(true);
    },
    decideUndo: async (nodeId, action) => {
      const step = await stepOf(nodeId, 'failed');
      await until(async () => (await reader.findRun(runId))?.endedAt != null, 'ended');
      const [wake, ownership, registry] = [engine.get(RunWake), engine.get(Ownership), engine.get(HostRegistry)];
      const decisions = new UndoDecisions(access, reader, journal, wake, ownership, registry, clock);
      expect(await decisions.decide(runId, step, action, 'somebody')).toBe(true);
    },
    unpause: async () => void (await inbox.put(runId, { kind: 'unpause', step: null, body: {} })),
    resume: async (items: JsonObject[]) => {
      const body = { items: items.map((json) => ({ json })) };
      await inbox.put(runId, { kind: 'resume', step: null, body }, 'resume');
    },
  };
}
