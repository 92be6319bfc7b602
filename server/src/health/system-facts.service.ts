import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { DatabaseFacts } from './system-parts.js';
import type { OpenRuns } from './system.types.js';

const backupFact = 'backup.at';

/** What the database knows of the installation as a whole. */
@Injectable()
export class SystemFacts {
  constructor(private readonly db: Database) {}

  async database(): Promise<DatabaseFacts> {
    const [row] = await this.db.query<DatabaseFacts>(
      `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
         pg_database_size(current_database())::float8 AS bytes,
         (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int AS connections,
         current_setting('max_connections')::int AS "maxConnections",
         (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
    );
    return row!;
  }

  /** @param now milliseconds since 1970 */
  async openRuns(now: number): Promise<OpenRuns> {
    const rows = await this.db.query<{ status: keyof OpenRuns; count: number; oldest: Date | null }>(
      `SELECT status, count(*)::int AS count, min(created_at) FILTER (WHERE place IS DISTINCT FROM 'held') AS oldest
       FROM run WHERE ended_at IS NULL GROUP BY status`,
    );
    const found = new Map(rows.map((row) => [row.status, row]));
    const count = (status: keyof OpenRuns): number => found.get(status)?.count ?? 0;
    const oldest = found.get('pending')?.oldest;
    return {
      pending: count('pending'),
      running: count('running'),
      waiting: count('waiting'),
      paused: count('paused'),
      oldestPendingMs: !oldest ? 0 : Math.max(0, now - oldest.getTime()),
    };
  }

  /** When a back-up was last told of, in milliseconds since 1970. */
  async lastBackup(): Promise<number | undefined> {
    const [row] = await this.db.query<{ value: string }>('SELECT value FROM engine_fact WHERE name = $1', [backupFact]);
    const at = row === undefined ? Number.NaN : Date.parse(row.value);
    return Number.isNaN(at) ? undefined : at;
  }

  /** @param at milliseconds since 1970 */
  async noteBackup(at: number): Promise<void> {
    await this.db.query(
      `INSERT INTO engine_fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      [backupFact, new Date(at).toISOString()],
    );
  }
}
