import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { RunKeyReused } from './launcher.errors.js';

interface Keyed {
  projectId: string;
  workflowId?: string;
  keyScope?: string;
  idempotencyKey?: string;
  inputHash?: string;
}

/** Idempotency keys of runs: one key, one run. */
@Injectable()
export class RunKeys {
  constructor(private readonly database: Database) {}

  /** @throws RunKeyReused where the run of this key had another input */
  async runOf({ projectId, workflowId, keyScope, idempotencyKey = '', inputHash = '' }: Keyed): Promise<string> {
    const [row] = await this.database.query<{ run_id: string; input_hash: string }>(
      'SELECT run_id, input_hash FROM run_key WHERE project_id = $1 AND scope = $2 AND key = $3',
      [projectId, keyScope ?? workflowId ?? '', idempotencyKey],
    );
    if (!row) throw new Error(`The idempotency key "${idempotencyKey}" is taken, but no run has it.`);
    if (row.input_hash !== inputHash) throw new RunKeyReused(idempotencyKey, row.run_id);
    return row.run_id;
  }

  /** Frees the key of a run, so that the next launch with it starts a new one. */
  async free(runId: string): Promise<void> {
    await this.database.query('DELETE FROM run_key WHERE run_id = $1', [runId]);
  }
}
