import type { StepError } from '@wfaib/sdk/errors';
import type { HttpReply } from '../../nodes/core-node.types.js';
import type { RunResult, RunRow } from './run-row.types.js';

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8 AS ${column}`;

/** The columns of `run` that {@link toRunRow} reads. */
export const runColumns = [
  'id, project_id, workflow_id, workflow_name, version, document_hash, mode, status, host, durability, epoch, last_seq',
  'process_id, start_node_id, start_as, stop_at, answers_caller, idempotency_key, root_run_id, parent_run_id, retry_of, started_by',
  'key_root, depth, call_step, call_index, is_awaited, place, resume_secret, takeovers, error, result, reply, compensation',
  ...['created_at', 'started_at', 'ended_at', 'wake_at'].map(milliseconds),
].join(', ');

/** A row as PostgreSQL answers it. */
export interface RunRecord {
  id: string;
  project_id: string;
  workflow_id: string | null;
  workflow_name: string;
  version: number | null;
  document_hash: string;
  mode: RunRow['mode'];
  status: RunRow['status'];
  host: RunRow['host'];
  durability: string;
  epoch: number;
  last_seq: number;
  process_id: string | null;
  start_node_id: string;
  start_as: RunRow['startAs'];
  stop_at: string | null;
  answers_caller: boolean;
  idempotency_key: string | null;
  root_run_id: string;
  parent_run_id: string | null;
  retry_of: string | null;
  started_by: RunRow['startedBy'];
  key_root: string | null;
  depth: number;
  call_step: string | null;
  call_index: number | null;
  is_awaited: boolean;
  place: RunRow['place'];
  resume_secret: string;
  takeovers: number;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
  wake_at: number | null;
  error: string | null;
  result: string | null;
  reply: string | null;
  compensation: RunRow['compensation'];
}

function parsed<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}

const whole = (time: number | null) => (time === null ? null : Math.round(time));

function calledByOf({ call_step: step, call_index: index, is_awaited: isAwaited }: RunRecord): RunRow['calledBy'] {
  return step === null || index === null ? null : { step, index, isAwaited };
}

export function toRunRow(record: RunRecord): RunRow {
  return {
    id: record.id,
    projectId: record.project_id,
    workflowId: record.workflow_id,
    workflowName: record.workflow_name,
    version: record.version,
    documentHash: record.document_hash,
    mode: record.mode,
    status: record.status,
    host: record.host,
    durability: record.durability,
    epoch: record.epoch,
    lastSeq: record.last_seq,
    processId: record.process_id,
    startNodeId: record.start_node_id,
    startAs: record.start_as,
    stopAt: record.stop_at,
    answersCaller: record.answers_caller,
    idempotencyKey: record.idempotency_key,
    rootRunId: record.root_run_id,
    parentRunId: record.parent_run_id,
    retryOf: record.retry_of,
    startedBy: record.started_by,
    keyRoot: record.key_root ?? record.root_run_id,
    depth: record.depth,
    calledBy: calledByOf(record),
    place: record.place,
    resumeSecret: record.resume_secret,
    takeovers: record.takeovers,
    createdAt: Math.round(record.created_at),
    startedAt: whole(record.started_at),
    endedAt: whole(record.ended_at),
    wakeAt: whole(record.wake_at),
    error: parsed<StepError>(record.error),
    result: parsed<RunResult>(record.result),
    reply: parsed<HttpReply>(record.reply),
    compensation: record.compensation,
  };
}
