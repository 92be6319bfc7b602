import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import {
  summaryColumns,
  type DataRecord,
  type RunRecord,
  type StepRecord,
  type SummaryRecord,
  type WaitRecord,
} from './run-rows.js';
import type { RunStatus } from './run.types.js';

/** Which runs a list shows. */
export interface RunFilter {
  statuses?: readonly RunStatus[] | undefined;
  workflowId?: string | undefined;
  /** Created at or after. */
  from?: Date | undefined;
  /** Created before. */
  to?: Date | undefined;
  version?: number | undefined;
  mode?: 'production' | 'test' | undefined;
  /** Part of the name of the workflow or of what failed, or the id of a run. */
  q?: string | undefined;
  /** Only runs older than this one. */
  before?: string | undefined;
}

/** Reads the tables that the engine writes. Every question about a run is scoped to a project. */
@Injectable()
export class RunsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  findPage(projectId: string, filter: RunFilter, limit: number): Promise<SummaryRecord[]> {
    const { conditions, values } = conditionsOf(projectId, filter);
    return this.database.query<SummaryRecord>(
      `SELECT ${summaryColumns} FROM run WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${limit}`,
      values,
    );
  }

  async find(projectId: string, id: string): Promise<RunRecord | undefined> {
    const [record] = await this.database.query<RunRecord>(
      `SELECT ${summaryColumns}, result, reply, document_hash, root_run_id,
         coalesce(place = 'held' AND ended_at IS NULL, false) AS is_held FROM run WHERE id = $1 AND project_id = $2`,
      [id, projectId],
    );
    return record;
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

  /** The journal after `seq`, oldest first. `data` is the event as JSON. */
  events(runId: string, seq: number, limit: number): Promise<{ seq: number; data: string }[]> {
    return this.database.query<{ seq: number; data: string }>(
      `SELECT seq, data FROM run_event WHERE run_id = $1 AND seq > $2 ORDER BY seq LIMIT ${limit}`,
      [runId, seq],
    );
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

  async document(hash: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ body: string }>('SELECT body FROM run_document WHERE hash = $1', [hash]);
    return row?.body;
  }
}

function conditionsOf(projectId: string, filter: RunFilter): { conditions: string[]; values: unknown[] } {
  const values: unknown[] = [projectId];
  const conditions = ['project_id = $1'];
  const add = (value: unknown, condition: (place: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  add(filter.statuses, (place) => `status = ANY(${place}::text[])`);
  add(filter.workflowId, (place) => `workflow_id = ${place}`);
  add(filter.version, (place) => `version = ${place}`);
  add(filter.mode, (place) => `mode = ${place}`);
  add(filter.from, (place) => `created_at >= ${place}`);
  add(filter.to, (place) => `created_at < ${place}`);
  add(filter.before, (place) => `id < ${place}::uuid`);
  add(
    filter.q,
    (place) => `(position(lower(${place}) IN lower(workflow_name)) > 0 OR id::text = lower(${place})
      OR right(id::text, 8) = lower(${place}) OR position(lower(${place}) IN lower(error)) > 0)`,
  );
  return { conditions, values };
}
