/** Tables that are split by the time in their run id (UUIDv7), so that old runs go by dropping a partition. */
export const partitionedTables = [
  'run',
  'run_event',
  'run_step',
  'run_data',
  'run_file',
  'run_blob',
  'run_blob_part',
] as const;

/** A month of runs, and the ids it holds. */
export interface RunMonth {
  suffix: string;
  from: string;
  to: string;
}

/** `count` months from the one of `now`. */
export function monthsFrom(now: Date, count: number): RunMonth[] {
  return Array.from({ length: count }, (_, offset) => {
    const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));
    const end = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
    const suffix = `${start.getUTCFullYear()}_${String(start.getUTCMonth() + 1).padStart(2, '0')}`;
    return { suffix, from: firstIdOf(start.getTime()), to: firstIdOf(end) };
  });
}

/** The statement that makes the partition of a month, where it is not there. */
export function createPartition(table: (typeof partitionedTables)[number], { suffix, from, to }: RunMonth): string {
  return `CREATE TABLE IF NOT EXISTS ${table}_${suffix} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`;
}

/** Smallest UUIDv7 of a moment: its first 48 bits are milliseconds since 1970. */
function firstIdOf(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
