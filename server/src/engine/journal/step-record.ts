import type { StepError } from '@wfaib/sdk/errors';
import type { LogLine } from '../../nodes/core-node.types.js';
import type { StepRow } from './run-row.types.js';

/** The columns of `run_step` that {@link toStepRow} reads. */
export const stepColumns = [
  'step_key, position, node_id, name, type, iteration, visit, attempt, status, idempotency_key, inputs, items_in',
  'items_out, outputs, error, logs',
  '(extract(epoch from started_at) * 1000)::float8 AS started_at',
  '(extract(epoch from ended_at) * 1000)::float8 AS ended_at',
].join(', ');

/** A row as PostgreSQL answers it. */
export interface StepRecord {
  step_key: string;
  position: number;
  node_id: string;
  name: string;
  type: string;
  iteration: string;
  visit: number;
  attempt: number;
  status: StepRow['status'];
  started_at: number | null;
  ended_at: number | null;
  idempotency_key: string | null;
  inputs: string;
  items_in: number;
  items_out: number;
  outputs: string;
  error: string | null;
  logs: string | null;
}

export function toStepRow(record: StepRecord): StepRow {
  return {
    step: record.step_key,
    position: record.position,
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
    inputs: JSON.parse(record.inputs) as StepRow['inputs'],
    itemsIn: record.items_in,
    itemsOut: record.items_out,
    outputs: JSON.parse(record.outputs) as Record<string, number>,
    error: record.error === null ? null : (JSON.parse(record.error) as StepError),
    logs: record.logs === null ? null : (JSON.parse(record.logs) as LogLine[]),
  };
}
