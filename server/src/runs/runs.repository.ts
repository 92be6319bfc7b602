import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { knownEvents } from '../interpreter/known-events.js';
import { mostLookedAt, runPageQuery, type RunFilter } from './run-page-query.js';
import {
  summaryColumns,
  type DataRecord,
  type FirstWaitRecord,
  type OriginRecord,
  type RunRecord,
  type StepRecord,
  type SummaryRecord,
  type WaitRecord,
} from './run-rows.js';
import type { RunStatus } from './run.types.js';

/** Runs of a list, and how far back was looked where older ones may be among those asked for. */
export interface RunSlice {
  records: SummaryRecord[];
  lookedTo?: { id: string; createdAt: Date };
}

/** Reads the tables that the engine writes. Every question about a run is scoped to a project. */
@Injectable()
export class RunsRepository {
  constructor(private readonly database: Database) {}

  /** At most `limit`, newest first. `most`: as many are looked at. */
  async findPage(projectId: string, filter: RunFilter, limit: number, most = mostLookedAt): Promise<RunSlice> {
    const { sql, values } = runPageQuery(projectId, filter, limit, most);
    const rows = await this.database.query<SummaryRecord & { is_asked: boolean; is_last: boolean }>(sql, values);
    const records = rows.filter((row) => row.is_asked);
    const last = rows.at(-1);
    if (!last?.is_last || records.length === limit) return { records };
    return { records, lookedTo: { id: last.id, createdAt: last.created_at } };
  }

  async find(projectId: string, id: string): Promise<RunRecord | undefined> {
    const [record] = await this.database.query<RunRecord>(
      `SELECT ${summaryColumns}, result, reply, document_hash, root_run_id FROM run WHERE id = $1 AND project_id = $2`,
      [id, projectId],
    );
    return record;
  }

  /** Of runs that wait for something, what comes first: people, then calls, then the time that comes soonest. */
  firstWaits(runIds: readonly string[]): Promise<FirstWaitRecord[]> {
    return this.database.query<FirstWaitRecord>(
      `SELECT DISTINCT ON (run_id) run_id, kind, step, until, count(*) OVER (PARTITION BY run_id)::int AS count FROM (
         SELECT w.run_id, w.kind, s.name AS step, w.until FROM run_wait w
         LEFT JOIN run_step s ON s.run_id = w.run_id AND s.step_key = w.step_key
         WHERE w.run_id = ANY($1::uuid[]) AND w.resolved_at IS NULL
         UNION ALL SELECT run_id, 'decision', name, NULL FROM run_step WHERE run_id = ANY($1::uuid[]) AND status = 'paused'
       ) AS waits
       ORDER BY run_id, array_position(ARRAY['decision', 'compensation', 'approval', 'webhook', 'timer'], kind), until`,
      [runIds],
    );
  }

  /** How a run stands, whoever owns it: for callers that hold its id from its start. */
  async findStatus(id: string): Promise<{ status: RunStatus; result: string | null } | undefined> {
    const [record] = await this.database.query<{ status: RunStatus; result: string | null }>(
      'SELECT status, result FROM run WHERE id = $1',
      [id],
    );
    return record;
  }

  /** Of a run that waits for others of its workflow: the limit of its version, and how many wait longer. */
  async turnOf(id: string): Promise<{ limit: number; ahead: number } | undefined> {
    const [row] = await this.database.query<{ limit: number; ahead: number }>(
      `SELECT (d.body::json -> 'settings' ->> 'maxConcurrentRuns')::int AS limit,
         (SELECT count(*)::int FROM run o WHERE o.workflow_id = r.workflow_id AND o.place = 'held' AND o.status <> 'paused' AND o.ended_at IS NULL AND o.id < r.id) AS ahead
       FROM run r JOIN run_document d ON d.hash = r.document_hash WHERE r.id = $1`,
      [id],
    );
    return row;
  }

  /** In the order of their start. */
  steps(runId: string): Promise<StepRecord[]> {
    return this.database.query<StepRecord>(
      `SELECT step_key, node_id, name, type, iteration, visit, attempt, status, started_at, ended_at, idempotency_key,
         items_in, items_out, outputs, error
       FROM run_step WHERE run_id = $1 ORDER BY position, step_key`,
      [runId],
    );
  }

  async step(
    runId: string,
    step: string,
  ): Promise<{ inputs: string; outputs: string; logs: string | null } | undefined> {
    const [record] = await this.database.query<{ inputs: string; outputs: string; logs: string | null }>(
      'SELECT inputs, outputs, logs FROM run_step WHERE run_id = $1 AND step_key = $2',
      [runId, step],
    );
    return record;
  }

  /** Which visit of which node each of these steps is. */
  stepPlaces(runId: string, steps: readonly string[]): Promise<OriginRecord[]> {
    return this.database.query<OriginRecord>(
      'SELECT step_key, node_id, name, iteration, visit FROM run_step WHERE run_id = $1 AND step_key = ANY($2::text[])',
      [runId, steps],
    );
  }

  /** The journal after `seq`, oldest first. `data` is the event as JSON. */
  events(runId: string, seq: number, limit: number): Promise<{ seq: number; data: string }[]> {
    return this.database.query<{ seq: number; data: string }>(
      `SELECT seq, data FROM run_event WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT ${limit}`,
      [runId, seq],
    );
  }

  /** The first event of a kind that this version does not know: a newer one noted it. */
  async unknownEvent(runId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ type: string }>(
      'SELECT type FROM run_event WHERE run_id = $1 AND type <> ALL($2::text[]) ORDER BY seq LIMIT 1',
      [runId, knownEvents],
    );
    return row?.type;
  }

  /** What a run still waits for. */
  openWaits(runId: string): Promise<WaitRecord[]> {
    return this.database.query<WaitRecord>(
      `SELECT w.id, w.step_key, w.node_id, w.kind, w.token, w.until FROM run_wait w JOIN run r ON r.id = w.run_id
       WHERE w.run_id = $1 AND w.resolved_at IS NULL AND (r.ended_at IS NULL OR w.kind = 'compensation') ORDER BY w.created_at, w.id`,
      [runId],
    );
  }

  /** Items that left the ports of a step, or where they are. Ports with an `@` are the engine's own. */
  data(runId: string, step: string): Promise<DataRecord[]> {
    return this.database.query<DataRecord>(
      `SELECT port, body, chunks, items FROM run_data WHERE run_id = $1 AND step_key = $2 AND port NOT LIKE '@%' ORDER BY port`,
      [runId, step],
    );
  }

  /** The same of some ports of several steps, in any order. */
  dataOf(runId: string, ports: readonly { step: string; port: string }[]): Promise<(DataRecord & { step: string })[]> {
    return this.database.query<DataRecord & { step: string }>(
      `SELECT step_key AS step, port, body, chunks, items
       FROM run_data
       WHERE run_id = $1 AND port NOT LIKE '@%'
         AND (step_key, port) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
      [runId, ports.map(({ step }) => step), ports.map(({ port }) => port)],
    );
  }

  async document(hash: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ body: string }>('SELECT body FROM run_document WHERE hash = $1', [hash]);
    return row?.body;
  }
}
