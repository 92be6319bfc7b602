import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { StepRecord } from './run-rows.js';
import type { RunStatus } from './run.types.js';

/** Which visits of a run are asked for. */
export interface StepFilter {
  nodeId?: string | undefined;
  /** Only visits within this iteration, outermost loop first. */
  iteration?: readonly number[] | undefined;
  /** Only visits that failed, were handled by `onError`, or needed more than one attempt. */
  problems?: boolean | undefined;
  /** Only visits that touched the outside, or needed more than one attempt. */
  keyed?: boolean | undefined;
}

export interface NodeTotalsRecord {
  node_id: string;
  name: string;
  type: string;
  visits: number;
  statuses: Record<string, number>;
  handled: number;
  retried: number;
  depth: number;
  open: number;
  started_at: Date | null;
  ended_at: Date | null;
  items_in: number;
  items_error: number;
  items_out: number;
}

export interface IterationRecord {
  index: number;
  visits: number;
  failed: number;
  running: number;
  waiting: number;
  handled: number;
  retried: number;
  started_at: Date | null;
  ended_at: Date | null;
}

export type LogsRecord = Pick<StepRecord, 'step_key' | 'node_id' | 'name' | 'iteration' | 'started_at'> & {
  logs: string;
};

export interface RelativeRecord {
  id: string;
  status: RunStatus;
  workflow_name: string;
  created_at: Date;
  ended_at: Date | null;
}

const problem = `(status = 'failed' OR error IS NOT NULL OR attempt > 1)`;

/** Reads parts of a run, for pages that must not grow with it. Callers have checked that the run may be seen. */
export interface PastOutputRecord {
  run_id: string;
  step_key: string;
  mode: 'production' | 'test';
  version: number | null;
  ended_at: Date | null;
  outputs: string;
}

@Injectable()
export class RunPagesRepository {
  constructor(private readonly database: Database) {}

  /** One row a node, in the order of their first starts. */
  nodeTotals(runId: string): Promise<NodeTotalsRecord[]> {
    return this.database.query<NodeTotalsRecord>(
      `SELECT node_id, max(name) AS name, max(type) AS type, sum(visits)::int AS visits,
         json_object_agg(status, visits) AS statuses, sum(handled)::int AS handled, sum(retried)::int AS retried,
         max(depth) AS depth, sum(open)::int AS open, min(started_at) AS started_at, max(ended_at) AS ended_at,
         sum(items_in)::int AS items_in, sum(items_out)::int AS items_out, sum(items_error)::int AS items_error
       FROM (
         SELECT node_id, status, max(name) AS name, max(type) AS type, count(*)::int AS visits,
           count(*) FILTER (WHERE error IS NOT NULL AND status = 'succeeded') AS handled,
           count(*) FILTER (WHERE attempt > 1) AS retried,
           max(json_array_length(iteration::json)) AS depth, count(*) FILTER (WHERE ended_at IS NULL) AS open,
           min(started_at) AS started_at, max(ended_at) AS ended_at, min(position) AS position,
           sum(items_in) AS items_in, sum(items_out) AS items_out,
           sum(CASE WHEN outputs LIKE '%"error":%' THEN (outputs::json ->> 'error')::int ELSE 0 END) AS items_error
         FROM run_step WHERE run_id = $1 GROUP BY node_id, status
       ) AS by_status GROUP BY node_id ORDER BY min(position), node_id`,
      [runId],
    );
  }

  /** In the order of their starts. */
  async steps(
    runId: string,
    filter: StepFilter,
    offset: number,
    limit: number,
  ): Promise<{ rows: (StepRecord & { position: number })[]; total: number }> {
    const { where, values } = conditionsOf(runId, filter);
    const [rows, [count]] = await Promise.all([
      this.database.query<StepRecord & { position: number }>(
        `SELECT step_key, node_id, name, type, iteration, visit, attempt, status, started_at, ended_at, idempotency_key,
           items_in, items_out, outputs, error, position
         FROM run_step WHERE ${where} ORDER BY position, step_key OFFSET ${offset} LIMIT ${limit}`,
        values,
      ),
      this.database.query<{ total: number }>(`SELECT count(*)::int AS total FROM run_step WHERE ${where}`, values),
    ]);
    return { rows, total: count?.total ?? 0 };
  }

  /** The visit that tells how the run stands: the newest that failed, else that waits, else that works, else the last. */
  async focus(runId: string): Promise<Pick<StepRecord, 'step_key' | 'node_id' | 'iteration' | 'visit'> | undefined> {
    const [row] = await this.database.query<Pick<StepRecord, 'step_key' | 'node_id' | 'iteration' | 'visit'>>(
      `SELECT step_key, node_id, iteration, visit FROM run_step WHERE run_id = $1
       ORDER BY CASE status WHEN 'failed' THEN 0 WHEN 'waiting' THEN 1 WHEN 'paused' THEN 1 WHEN 'running' THEN 2 ELSE 3 END,
         position DESC LIMIT 1`,
      [runId],
    );
    return row;
  }

  /** Events of some visits, oldest first. */
  stepEvents(
    runId: string,
    steps: readonly string[],
    types: readonly string[],
  ): Promise<{ step_key: string; data: string }[]> {
    return this.database.query<{ step_key: string; data: string }>(
      `SELECT step_key, data FROM run_event
       WHERE run_id = $1 AND type = ANY($3::text[]) AND step_key = ANY($2::text[]) ORDER BY seq`,
      [runId, steps, types],
    );
  }

  /** Events of the run itself, oldest first. */
  async runEvents(runId: string, type: string): Promise<string[]> {
    const rows = await this.database.query<{ data: string }>(
      'SELECT data FROM run_event WHERE run_id = $1 AND type = $2 ORDER BY seq LIMIT 100',
      [runId, type],
    );
    return rows.map(({ data }) => data);
  }

  /** The iterations of the loop around some nodes, within the iteration `within` of the loops around it. */
  iterations(runId: string, nodes: readonly string[], within: readonly number[]): Promise<IterationRecord[]> {
    const { where, values } = conditionsOf(runId, { iteration: within });
    return this.database.query<IterationRecord>(
      `SELECT (iteration::json ->> ${within.length})::int AS index, count(*)::int AS visits,
         count(*) FILTER (WHERE status = 'failed')::int AS failed,
         count(*) FILTER (WHERE status IN ('running', 'pending'))::int AS running,
         count(*) FILTER (WHERE status IN ('waiting', 'paused'))::int AS waiting,
         count(*) FILTER (WHERE error IS NOT NULL AND status = 'succeeded')::int AS handled,
         count(*) FILTER (WHERE attempt > 1)::int AS retried,
         min(started_at) AS started_at, max(ended_at) AS ended_at
       FROM run_step
       WHERE ${where} AND node_id = ANY($${values.length + 1}::text[]) AND json_array_length(iteration::json) > ${within.length}
       GROUP BY 1 ORDER BY 1`,
      [...values, nodes],
    );
  }

  /** Visits that wrote something, in the order of their starts. */
  logs(runId: string, nodeId: string | undefined, offset: number, limit: number): Promise<LogsRecord[]> {
    const { where, values } = conditionsOf(runId, { nodeId });
    return this.database.query<LogsRecord>(
      `SELECT step_key, node_id, name, iteration, started_at, logs FROM run_step
       WHERE ${where} AND logs IS NOT NULL AND logs NOT IN ('[]', 'null')
       ORDER BY position, step_key OFFSET ${offset} LIMIT ${limit}`,
      values,
    );
  }

  async position(runId: string): Promise<{ epoch: number; last_seq: number } | undefined> {
    const [row] = await this.database.query<{ epoch: number; last_seq: number }>(
      'SELECT epoch, last_seq FROM run WHERE id = $1',
      [runId],
    );
    return row;
  }

  /** The runs that it is a retry of, the nearest first, as far as they are kept; 20 at most. */
  async retryChainOf(runId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `WITH RECURSIVE chain (id, retry_of, depth) AS (
         SELECT id, retry_of, 0 FROM run WHERE id = $1
         UNION ALL SELECT r.id, r.retry_of, c.depth + 1 FROM run r JOIN chain c ON r.id = c.retry_of WHERE c.depth < 20
       ) SELECT id FROM chain WHERE depth > 0 ORDER BY depth`,
      [runId],
    );
    return rows.map(({ id }) => id);
  }

  retriesOf(projectId: string, runId: string): Promise<RelativeRecord[]> {
    return this.relatives('retry_of', projectId, runId, 'DESC');
  }

  childrenOf(projectId: string, runId: string): Promise<RelativeRecord[]> {
    return this.relatives('parent_run_id', projectId, runId, 'ASC');
  }

  /** The newest runs of each workflow that triggers started, newest first. */
  recentOf(
    projectId: string,
    workflowIds: readonly string[],
    limit: number,
  ): Promise<{ workflow_id: string; id: string; status: RunStatus; created_at: Date }[]> {
    return this.database.query(
      `SELECT w.id AS workflow_id, r.id, r.status, r.created_at
       FROM unnest($2::uuid[]) AS w (id)
       CROSS JOIN LATERAL (
         SELECT id, status, created_at FROM run
         WHERE workflow_id = w.id AND project_id = $1 ORDER BY id DESC LIMIT ${limit}
       ) AS r`,
      [projectId, workflowIds],
    );
  }

  /** Visits of a node that gave something, the newest first, in the newest runs of its workflow. */
  pastOutputs(projectId: string, workflowId: string, nodeId: string, limit: number): Promise<PastOutputRecord[]> {
    return this.database.query<PastOutputRecord>(
      `SELECT r.id AS run_id, s.step_key, r.mode, r.version, s.ended_at, s.outputs
       FROM (
         SELECT id, mode, version FROM run WHERE workflow_id = $2 AND project_id = $1 ORDER BY id DESC LIMIT 500
       ) AS r
       JOIN run_step s ON s.run_id = r.id AND s.node_id = $3 AND s.items_out > 0
       ORDER BY r.id DESC, s.position DESC LIMIT ${limit}`,
      [projectId, workflowId, nodeId],
    );
  }

  private relatives(
    column: 'retry_of' | 'parent_run_id',
    projectId: string,
    runId: string,
    order: 'ASC' | 'DESC',
  ): Promise<RelativeRecord[]> {
    return this.database.query<RelativeRecord>(
      `SELECT id, status, workflow_name, created_at, ended_at FROM run
       WHERE ${column} = $1 AND project_id = $2 ORDER BY id ${order} LIMIT 100`,
      [runId, projectId],
    );
  }
}

function conditionsOf(
  runId: string,
  { nodeId, iteration, problems, keyed }: StepFilter,
): { where: string; values: unknown[] } {
  const values: unknown[] = [runId];
  const conditions = ['run_id = $1'];
  if (nodeId !== undefined) conditions.push(`node_id = $${values.push(nodeId)}`);
  if (iteration !== undefined && iteration.length > 0) {
    const path = iteration.join(',');
    conditions.push(`(iteration = $${values.push(`[${path}]`)} OR iteration LIKE $${values.push(`[${path},%`)})`);
  }
  if (problems) conditions.push(problem);
  if (keyed) conditions.push('(idempotency_key IS NOT NULL OR attempt > 1)');
  return { where: conditions.join(' AND '), values };
}
