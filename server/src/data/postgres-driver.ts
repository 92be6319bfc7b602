import { say } from '@wfaib/sdk/sentence';
import { inWords, type CheckResult } from '../lifecycle/health-checks.service.js';
import type { Database } from '../database/database.service.js';
import type { BlobPlace, BlobSink, DataDriver } from './data-driver.types.js';
import { DataStoreFull, DataStoreUnavailable } from './data.errors.js';

/** Longest part that is written as one row, in bytes. */
const maxPartBytes = 4 * 1024 * 1024;
/** What PostgreSQL answers when its disk is full. */
const diskFull = '53100';
/** And where it is a standby, or its provider protects its disk. */
const readOnly = '25006';

/** Keeps bytes in the table `run_blob_part`, a row for each part as it was appended. */
export class PostgresDriver implements DataDriver {
  readonly name = 'postgres';

  constructor(private readonly database: Database) {}

  create(place: BlobPlace): Promise<BlobSink> {
    let at = 0;
    const append = async (bytes: Uint8Array): Promise<void> => {
      for (let from = 0; from < bytes.length; from += maxPartBytes) {
        const part = bytes.subarray(from, from + maxPartBytes);
        await this.#write(place, at, Buffer.from(part.buffer, part.byteOffset, part.length));
        at += part.length;
      }
    };
    return Promise.resolve({ append, close: () => Promise.resolve() });
  }

  async *read({ runId, id }: BlobPlace, from: number, to: number): AsyncIterable<Uint8Array> {
    for (let at = from; at < to;) {
      const [part] = await this.database.query<{ body: Buffer }>(
        `SELECT substring(body FROM ($3::bigint - at)::int + 1 FOR $4::int) AS body
         FROM run_blob_part WHERE run_id = $1 AND blob_id = $2
           AND at > $3::bigint - ${maxPartBytes} AND at <= $3::bigint AND at + octet_length(body) > $3::bigint`,
        [runId, id, at, Math.min(to - at, maxPartBytes)],
      );
      if (part === undefined) return;
      yield part.body;
      at += part.body.length;
    }
  }

  async remove({ runId, id }: BlobPlace): Promise<void> {
    await this.database.query('DELETE FROM run_blob_part WHERE run_id = $1 AND blob_id = $2', [runId, id]);
  }

  async removeRuns(runIds: readonly string[]): Promise<void> {
    await this.database.query('DELETE FROM run_blob_part WHERE run_id = ANY($1)', [runIds]);
  }

  /** The health of the database has a check of its own. */
  check(): Promise<CheckResult> {
    return Promise.resolve({ ok: true, ...inWords(say`in PostgreSQL`) });
  }

  async #write({ runId, id }: BlobPlace, at: number, body: Buffer): Promise<void> {
    try {
      await this.database.query('INSERT INTO run_blob_part (run_id, blob_id, at, body) VALUES ($1, $2, $3, $4)', [
        runId,
        id,
        at,
        body,
      ]);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === diskFull) throw new DataStoreFull('PostgreSQL', { cause: error });
      if (code === readOnly) throw new DataStoreUnavailable('PostgreSQL', 'it is read-only', { cause: error });
      throw error;
    }
  }
}
