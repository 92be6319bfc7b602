import { vi } from 'vitest';
import type { TestServer } from '../../../../test/support/test-server.js';
import { startServer, type RunningServer } from '../../application.js';
import { readSettings } from '../../config/read-settings.js';
import { createLog } from '../../logging/logger.service.js';
import { aChain, type TestNode } from '../webhook-workflow.test-support.js';

/** A schedule node with the id `clock`. */
export function aSchedule(parameters: Record<string, unknown>, more: Partial<TestNode> = {}): TestNode {
  return { id: 'clock', type: 'core.schedule', parameters, ...more };
}

const fast = { timezone: 'UTC', durability: 'express' };

/** A document that starts by the clock and runs in the process that starts it. */
export function aClockwork(name: string, ...nodes: TestNode[]): Record<string, unknown> {
  return { ...aChain(name, ...nodes), settings: fast };
}

/** A firing as the table holds it. */
export interface StoredFiring {
  key: string;
  kind: string;
  state: string;
  nominalAt: Date;
  runId: string | null;
  note: string | null;
}

/** Ways to look at and to meddle with the schedules of a test server. */
export function scheduleTools(server: () => TestServer) {
  const query = <Row extends object>(sql: string, parameters: unknown[] = []) =>
    server().db.database.query<Row>(sql, parameters);
  const call = (method: string, path: string, json?: unknown) =>
    server().call(method, `/api/schedules${path}`, json === undefined ? {} : { json });
  return {
    query,
    call,
    idOf: async (workflowId: string): Promise<string> =>
      (await call('GET', `?workflowId=${workflowId}&all=true`)).body.items[0].id as string,
    firings: (scheduleId: string) =>
      query<StoredFiring>(
        `SELECT key, kind, state, nominal_at AS "nominalAt", run_id AS "runId", note FROM schedule_firing
         WHERE schedule_id = $1 ORDER BY nominal_at, key`,
        [scheduleId],
      ),
    /** Runs of a workflow with the moment they were scheduled for, in the order of those moments. */
    runs: async (
      workflowId: string,
    ): Promise<{ id: string; status: string; scheduledFor: string; firedAt: string }[]> => {
      const rows = await query<{ id: string; status: string; body: string }>(
        `SELECT r.id, r.status, d.body FROM run r JOIN run_data d ON d.run_id = r.id
         WHERE r.workflow_id = $1 AND d.step_key IN (SELECT step_key FROM run_step s WHERE s.run_id = r.id AND s.position = 0)`,
        [workflowId],
      );
      const runs = rows.map(({ id, status, body }) => ({ id, status, ...JSON.parse(body)[0].json }));
      return runs.toSorted((a, b) => Date.parse(a.scheduledFor) - Date.parse(b.scheduledFor));
    },
    /** Moves the next time of a schedule into the past, as if no server had run since then. */
    sleep: (scheduleId: string, seconds: number) =>
      query(
        `UPDATE schedule SET next_at = date_trunc('minute', clock_timestamp()) - $2 * interval '1 second',
           advanced_at = clock_timestamp() - ($2 + 60) * interval '1 second' WHERE id = $1`,
        [scheduleId, seconds],
      ),
    until: <Value>(look: () => Promise<Value> | Value) => vi.waitFor(look, { timeout: 60_000, interval: 50 }),
  };
}

/** Another server on the database of the first. */
export function startBeside(server: TestServer, environment: Record<string, string> = {}): Promise<RunningServer> {
  const settings = readSettings({
    DATABASE_URL: server.db.url,
    WFAIB_DATA_DIR: server.dataDir,
    WFAIB_PORT: '0',
    WFAIB_LOG_LEVEL: 'silent',
    WFAIB_ENGINE: 'queue',
    ...environment,
  });
  return startServer(settings, createLog('silent'));
}
