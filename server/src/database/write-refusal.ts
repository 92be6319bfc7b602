/** SQLSTATE of a PostgreSQL that takes no writes: its disk is full, or it is (or was made) read-only. */
const reasons: Record<string, string> = {
  '53100': 'its disk is full. Free some, or shorten the retention of runs',
  '25006': 'it is read-only. It may be a standby, or its provider protects a disk that is almost full',
};

/** Why PostgreSQL refused a write that it would take at another time; undefined for any other error. */
export function writeRefusal(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? reasons[code] : undefined;
}
