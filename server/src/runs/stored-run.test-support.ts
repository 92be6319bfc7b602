import { firstIdOf } from '../database/run-partitions.service.js';
import type { Database } from '../database/database.service.js';
import { RandomIds } from '../clock/ids.service.js';

const ids = new RandomIds();

/** The first 48 bits are the time. */
const idOf = (createdAt: string): string => firstIdOf(Date.parse(createdAt)).slice(0, 13) + ids.newId().slice(13);

/** What matters of a run in the tables of the engine; the rest is filled in. */
export interface StoredRun {
  projectId: string;
  id?: string;
  workflowId?: string;
  workflowName?: string;
  status?: string;
  result?: unknown;
  reply?: unknown;
  error?: unknown;
  createdAt?: string;
  startedBy?: string;
  document?: string;
}

/** Writes a run as the engine does. */
export async function storeRun(database: Database, run: StoredRun): Promise<string> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  const hasEnded = ['succeeded', 'failed', 'cancelled'].includes(run.status ?? 'succeeded');
  const createdAt = run.createdAt ?? new Date().toISOString();
  const id = run.id ?? idOf(createdAt);
  if (run.document !== undefined) {
    await database.query('INSERT INTO run_document (hash, body) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      id,
      run.document,
    ]);
  }
  await database.query(
    `INSERT INTO run (id, project_id, workflow_id, workflow_name, version, document_hash, mode, status, host, durability,
       start_node_id, start_as, root_run_id, resume_secret, created_at, started_at, ended_at, error, result, reply, started_by)
     VALUES ($1::uuid, $2, $3, $4, 1, ($1::uuid)::text, 'production', $5, 'process', 'express', 'start', 'trigger', $1::uuid, 's', $6, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      run.projectId,
      run.workflowId ?? null,
      run.workflowName ?? 'Greeting',
      run.status ?? 'succeeded',
      createdAt,
      hasEnded ? createdAt : null,
      json(run.error),
      json(run.result),
      json(run.reply),
      run.startedBy ?? 'webhook',
    ],
  );
  return id;
}

/** Writes a step and the items that left it. */
export async function storeStep(
  database: Database,
  runId: string,
  step: { key: string; position: number; outputs: Record<string, unknown[]>; inputs?: unknown; logs?: unknown },
): Promise<void> {
  const counts = Object.fromEntries(Object.entries(step.outputs).map(([port, items]) => [port, items.length]));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  await database.query(
    `INSERT INTO run_step (run_id, step_key, position, node_id, name, type, iteration, visit, attempt, status, started_at,
       ended_at, inputs, items_in, items_out, outputs, logs)
     VALUES ($1, $2::text, $3, $2::text, upper($2::text), 'core.set', '[]', 0, 1, 'succeeded', now(), now(), $4, 0, $5, $6, $7)`,
    [
      runId,
      step.key,
      step.position,
      JSON.stringify(step.inputs ?? []),
      total,
      JSON.stringify(counts),
      JSON.stringify(step.logs ?? null),
    ],
  );
  for (const [port, items] of Object.entries(step.outputs)) {
    const body = JSON.stringify(items);
    await database.query(
      'INSERT INTO run_data (run_id, step_key, port, body, items, bytes) VALUES ($1, $2, $3, $4, $5, $6)',
      [runId, step.key, port, body, items.length, body.length],
    );
  }
}

/** Appends an event to the journal. */
export async function storeEvent(
  database: Database,
  runId: string,
  seq: number,
  event: { type: string },
): Promise<void> {
  await database.query('INSERT INTO run_event (run_id, seq, epoch, at, type, data) VALUES ($1, $2, 1, now(), $3, $4)', [
    runId,
    seq,
    event.type,
    JSON.stringify({ at: Date.now(), ...event }),
  ]);
}
