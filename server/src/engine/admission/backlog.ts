/** Runs that were accepted and not begun. */
export interface Backlog {
  count: number;
  /** How long the oldest of them has been waiting, in milliseconds; 0 where there is none. */
  oldestMs: number;
}

export interface BacklogRow {
  count: number;
  oldest: string | null;
}

/** Counts up to `$1` of them, by an index alone: the age of a run is in its id. Those that wait for their turn do not count. */
export const backlogSql = `SELECT count(*)::int AS count, (array_agg(id))[1]::text AS oldest FROM (
  SELECT id FROM run WHERE status = 'pending' AND ended_at IS NULL AND place IS DISTINCT FROM 'held' ORDER BY id LIMIT $1
) pending`;

/** @param now milliseconds since 1970 */
export function readBacklog(row: BacklogRow | undefined, now: number): Backlog {
  if (!row || row.oldest === null) return { count: 0, oldestMs: 0 };
  return { count: row.count, oldestMs: Math.max(0, now - timeOfId(row.oldest)) };
}

/** The moment in a UUIDv7: its first 48 bits, milliseconds since 1970 (RFC 9562). */
function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
