import { Injectable } from '@nestjs/common';
import type { BlobPlace } from '../../data/data-driver.types.js';
import { Database } from '../../database/database.service.js';

/** Finds what is kept of runs and belongs to nobody. */
@Injectable()
export class OrphansRepository {
  constructor(private readonly database: Database) {}

  /**
   * Bytes whose run is gone, or has ended without naming them: a process died before the outcome of its step. Bytes of a
   * run that is about to begin may be a day old at most.
   */
  findBlobs(after: BlobPlace | undefined, limit: number): Promise<BlobPlace[]> {
    return this.database.query<BlobPlace & Record<string, unknown>>(
      `SELECT b.run_id AS "runId", b.id FROM run_blob b LEFT JOIN run r ON r.id = b.run_id
       WHERE ($1::uuid IS NULL OR (b.run_id, b.id) > ($1, $2::uuid)) AND (
         (r.id IS NULL AND b.created_at < now() - interval '1 day')
         OR (r.ended_at < now() - interval '1 hour'
           AND NOT EXISTS (SELECT 1 FROM run_file f WHERE f.run_id = b.run_id AND f.id = b.id)
           AND NOT EXISTS (
             SELECT 1 FROM run_data d WHERE d.run_id = b.run_id AND position(b.id::text IN d.chunks) > 0)))
       ORDER BY b.run_id, b.id LIMIT $3`,
      [after?.runId ?? null, after?.id ?? null, limit],
    );
  }

  /** Forgets files whose run is gone, or keeps no data any more (`saveData`); their bytes are found as blobs. @returns how many */
  async deleteFiles(): Promise<number> {
    const rows = await this.database.query(
      `DELETE FROM run_file f WHERE f.created_at < now() - interval '1 hour' AND (
         (f.created_at < now() - interval '1 day' AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = f.run_id))
         OR (EXISTS (SELECT 1 FROM run r WHERE r.id = f.run_id AND r.ended_at < now() - interval '1 hour')
           AND NOT EXISTS (SELECT 1 FROM run_data d WHERE d.run_id = f.run_id))) RETURNING 1`,
    );
    return rows.length;
  }
}
