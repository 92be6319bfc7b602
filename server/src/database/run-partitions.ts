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

export type PartitionedTable = (typeof partitionedTables)[number];

/** Ids of runs from `from` up to, not including, `to`. */
export interface IdRange {
  from: string;
  to: string;
}

/** The runs of some time, and what their partitions are called after the name of their table. */
export interface RunPeriod extends IdRange {
  suffix: string;
}

/** A partition that is there. */
export interface RunPartition extends IdRange {
  table: PartitionedTable;
  name: string;
}

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
/** 5 January 1970 was the first Monday that is counted. */
const firstMonday = 4 * dayMs;

/** `count` months from the one of `now`: what older versions split by. */
export function monthsFrom(now: Date, count: number): RunPeriod[] {
  return Array.from({ length: count }, (_, offset) => {
    const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + offset, 1));
    const end = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1);
    const suffix = `${start.getUTCFullYear()}_${String(start.getUTCMonth() + 1).padStart(2, '0')}`;
    return { suffix, from: firstIdOf(start.getTime()), to: firstIdOf(end) };
  });
}

/** `count` weeks from the one of `now`, Monday to Sunday. */
export function weeksFrom(now: Date, count: number): RunPeriod[] {
  const monday = Math.floor((now.getTime() - firstMonday) / weekMs) * weekMs + firstMonday;
  return Array.from({ length: count }, (_, offset) => {
    const start = monday + offset * weekMs;
    const suffix = `w${new Date(start).toISOString().slice(0, 10).replaceAll('-', '_')}`;
    return { suffix, from: firstIdOf(start), to: firstIdOf(start + weekMs) };
  });
}

/** The parts of these periods that no partition holds yet. A period that is held in its middle ends before that. */
export function missingPeriods(periods: readonly RunPeriod[], held: readonly IdRange[]): RunPeriod[] {
  const sorted = held.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return periods.flatMap((period) => {
    let { from, to } = period;
    for (const range of sorted) {
      if (range.from <= from && range.to > from) from = range.to;
      else if (range.from > from && range.from < to) to = range.from;
    }
    return from < to ? [{ ...period, from, to }] : [];
  });
}

/** The statement that makes the partition of a period, where it is not there. */
export function createPartition(table: PartitionedTable, { suffix, from, to }: RunPeriod): string {
  return `CREATE TABLE IF NOT EXISTS ${table}_${suffix} PARTITION OF ${table} FOR VALUES FROM ('${from}') TO ('${to}')`;
}

/** Answers {@link RunPartition}s; those without bounds, which hold what fits nowhere else, are left out. */
export const partitionsQuery = `
  SELECT parent, name, bounds[1] AS from, bounds[2] AS to FROM (
    SELECT p.relname AS parent, c.relname AS name,
      regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''([^'']+)''\\) TO \\(''([^'']+)''\\)') AS bounds
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
    WHERE p.relkind = 'p' AND pg_table_is_visible(p.oid) AND p.relname IN (${partitionedTables.map((table) => `'${table}'`).join(', ')})
  ) AS partition WHERE bounds IS NOT NULL`;

export function toPartition({ parent, ...rest }: IdRange & { parent: PartitionedTable; name: string }): RunPartition {
  return { table: parent, ...rest };
}

/** Smallest UUIDv7 of a moment, in milliseconds since 1970: its first 48 bits are that time. */
export function firstIdOf(time: number): string {
  const hex = time.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
