import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';

/** What `core.dedupe` has seen. A step that is run again after a crash gets the same answer as the first time. */
@Injectable()
export class SeenValues {
  constructor(private readonly database: Database) {}

  /**
   * Which of `values` are new in the scope. Remembers them, and forgets the oldest above `limit`. What a step remembered
   * stays new to it: `key` is the same over its tries, over takeovers and retries of its run.
   */
  async remember(
    scope: string,
    step: { runId: string; key: string },
    values: string[],
    limit: number,
  ): Promise<boolean[]> {
    if (values.length === 0) return [];
    const hashes = values.map((value) => createHash('sha256').update(value).digest('base64url'));
    // One statement: between two of them another step may have the new values forgotten.
    const rows = await this.database.query<{ value: string }>(
      `WITH marked AS (
         INSERT INTO run_seen (scope, value, run_id, step_key) SELECT $1, value, $3, $4 FROM unnest($2::text[]) AS value
         ON CONFLICT (scope, value) DO NOTHING RETURNING value
       ) SELECT value FROM marked
       UNION ALL SELECT value FROM run_seen WHERE scope = $1 AND value = ANY($2) AND step_key = $4`,
      [scope, [...new Set(hashes)].sort(), step.runId, step.key],
    );
    await this.database.query(
      'DELETE FROM run_seen WHERE scope = $1 AND seq <= (SELECT seq FROM run_seen WHERE scope = $1 ORDER BY seq DESC OFFSET $2 LIMIT 1)',
      [scope, limit],
    );
    const isNew = new Set(rows.map(({ value }) => value));
    return hashes.map((hash) => isNew.has(hash));
  }
}
