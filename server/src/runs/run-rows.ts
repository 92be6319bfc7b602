import type { StepError } from '@wfaib/sdk/errors';
import type { HttpReply } from '../nodes/core-node.types.js';
import type { RunResponse, RunStarter, RunStatus, RunStep, RunSummary, RunWait, WaitingFor } from './run.types.js';

/** Columns of a run that lists show. */
export const summaryColumns = `id, workflow_id, workflow_name, version, mode, status, host, durability, created_at,
  started_at, ended_at, error, parent_run_id, retry_of, started_by, takeovers, compensation,
  coalesce(place = 'held' AND ended_at IS NULL, false) AS is_held`;

export interface SummaryRecord {
  id: string;
  workflow_id: string | null;
  workflow_name: string;
  version: number | null;
  mode: 'production' | 'test';
  status: RunStatus;
  host: string;
  durability: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  error: string | null;
  parent_run_id: string | null;
  retry_of: string | null;
  started_by: RunStarter | null;
  takeovers: number;
  compensation: string | null;
  /** Waits for its turn. */
  is_held: boolean;
}

export interface RunRecord extends SummaryRecord {
  result: string | null;
  reply: string | null;
  document_hash: string;
  root_run_id: string;
}

export interface StepRecord {
  step_key: string;
  node_id: string;
  name: string;
  type: string;
  iteration: string;
  visit: number;
  attempt: number;
  status: string;
  started_at: Date | null;
  ended_at: Date | null;
  idempotency_key: string | null;
  items_in: number;
  items_out: number;
  outputs: string;
  error: string | null;
}

export interface DataRecord {
  port: string;
  body: string;
  chunks: string | null;
  items: number;
}

/** The wait of a run that a person would name first, and how many there are. */
export interface FirstWaitRecord {
  run_id: string;
  kind: RunWait['kind'] | 'decision';
  step: string | null;
  until: Date | null;
  count: number;
}

export interface WaitRecord {
  id: string;
  step_key: string;
  node_id: string;
  kind: RunWait['kind'];
  token: string | null;
  until: Date | null;
}

/** A step that items came from: which visit of which node. */
export interface ItemOrigin {
  nodeId: string;
  name: string;
  /** Index within each enclosing loop, outermost first. */
  iteration: number[];
  visit: number;
}

export type OriginRecord = Pick<StepRecord, 'step_key' | 'node_id' | 'name' | 'iteration' | 'visit'>;

export function toOrigin({ node_id: nodeId, name, iteration, visit }: OriginRecord): ItemOrigin {
  return { nodeId, name, iteration: JSON.parse(iteration) as number[], visit };
}

export function toSummary(record: SummaryRecord): RunSummary {
  return {
    id: record.id,
    workflowId: record.workflow_id,
    workflowName: record.workflow_name,
    version: record.version,
    mode: record.mode,
    status: record.status,
    engine: record.host,
    durability: record.durability,
    createdAt: record.created_at,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    error: parsed(record.error) as StepError | null,
    parentRunId: record.parent_run_id,
    retryOf: record.retry_of,
    startedBy: record.started_by,
    takeovers: record.takeovers,
    ...(record.compensation === null ? {} : { compensation: record.compensation }),
  };
}

/** A run that is held waits for nothing but its turn. */
export function toWaitingFor(run: SummaryRecord, wait: FirstWaitRecord | undefined): WaitingFor | undefined {
  if (run.is_held) return { kind: 'turn', count: 1 };
  if (wait === undefined) return undefined;
  const { kind, step, until, count } = wait;
  return { kind, count, ...(step === null ? {} : { step }), ...(until === null ? {} : { until }) };
}

export function toStep(record: StepRecord): RunStep {
  return {
    id: record.step_key,
    nodeId: record.node_id,
    name: record.name,
    type: record.type,
    iteration: JSON.parse(record.iteration) as number[],
    visit: record.visit,
    attempt: record.attempt,
    status: record.status,
    startedAt: record.started_at,
    endedAt: record.ended_at,
    idempotencyKey: record.idempotency_key,
    itemCounts: { in: record.items_in, out: record.items_out },
    ports: JSON.parse(record.outputs) as Record<string, number>,
    error: parsed(record.error) as StepError | null,
  };
}

/** `resumeUrlOf` makes the address that ends a wait for a webhook. */
export function toWait(record: WaitRecord, resumeUrlOf: (token: string) => string): RunWait {
  return {
    id: record.id,
    stepId: record.step_key,
    nodeId: record.node_id,
    kind: record.kind,
    ...(record.until === null ? {} : { until: record.until }),
    ...(record.token === null ? {} : { token: record.token }),
    ...(record.token !== null ? { resumeUrl: resumeUrlOf(record.token) } : {}),
  };
}

export function toResponse(reply: string | null): RunResponse | null {
  const found = parsed(reply) as HttpReply | null;
  if (found === null) return null;
  const { status, headers, body, file } = found;
  return {
    status,
    headers,
    ...(body === undefined ? {} : { body: readable(headers, body) }),
    ...(file ? { file } : {}),
  };
}

/** The JSON of a column that may be empty; what it holds is the writer's word. */
export function parsed(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}

function readable(headers: Record<string, string>, body: string): unknown {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  if (!/\bjson\b/i.test(type)) return body;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}
