import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';

/** How long a value is remembered. */
const rememberFor = `interval '24 hours'`;

/** An event of a webhook: workflow, node and a hash of the value that tells it apart. */
export interface DedupeKey {
  workflowId: string;
  nodeId: string;
  valueHash: string;
}

/**
 * Remembers since when a webhook knows an event. That moment is part of the idempotency key of the run, so the run and
 * its key are made in one commit: a crash in between loses nothing and doubles nothing.
 */
@Injectable()
export class WebhookDedupeRepository {
  constructor(private readonly database: Database) {}

  /** Since when the value is known, as text that names that moment; now, when it was not seen within a day. */
  async knownSince({ workflowId, nodeId, valueHash }: DedupeKey): Promise<string> {
    const [row] = await this.database.query<{ since: string }>(
      `INSERT INTO webhook_dedupe AS d (workflow_id, node_id, value_hash, since) VALUES ($1, $2, $3, clock_timestamp())
       ON CONFLICT (workflow_id, node_id, value_hash) DO UPDATE SET
         since = CASE WHEN d.since < excluded.since - ${rememberFor} THEN excluded.since ELSE d.since END
       RETURNING to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') AS since`,
      [workflowId, nodeId, valueHash],
    );
    return row!.since;
  }

  /** Frees the value for another run, unless somebody did already. */
  async free({ workflowId, nodeId, valueHash }: DedupeKey, since: string): Promise<void> {
    await this.database.query(
      `UPDATE webhook_dedupe SET since = clock_timestamp()
       WHERE workflow_id = $1 AND node_id = $2 AND value_hash = $3 AND since = $4::timestamp AT TIME ZONE 'UTC'`,
      [workflowId, nodeId, valueHash, since],
    );
  }

  /** Drops values nobody asked for in two days. */
  async forgetOld(): Promise<void> {
    await this.database.query(`DELETE FROM webhook_dedupe WHERE since < clock_timestamp() - 2 * ${rememberFor}`);
  }
}
