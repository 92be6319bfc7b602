import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { Database } from './database.service.js';
import { partitionedTables, partitionsQuery, toPartition, type IdRange, type RunPartition } from './run-partitions.js';

export { firstIdOf } from './run-partitions.js';

/** The partitions of all tables that hold the runs of one time. */
export interface RunPartitionSet extends IdRange {
  /** Names of the partitions by the table they belong to. */
  names: ReadonlyMap<RunPartition['table'], string>;
}

/** Shorter than PostgreSQL waits before it looks for a deadlock: whoever runs goes first, and the drop is tried again. */
const lockTimeoutMs = 500;

/** Drops what is kept of the runs of a time as a whole. */
@Injectable()
export class RunPartitions {
  constructor(private readonly database: Database) {}

  /** Oldest first. */
  async list(): Promise<RunPartitionSet[]> {
    const rows = await this.database.query<Parameters<typeof toPartition>[0]>(partitionsQuery);
    const sets = new Map<string, IdRange & { names: Map<RunPartition['table'], string> }>();
    for (const { table, name, from, to } of rows.map(toPartition)) {
      const set = sets.get(`${from} ${to}`) ?? { from, to, names: new Map() };
      sets.set(`${from} ${to}`, set);
      set.names.set(table, name);
    }
    return [...sets.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  }

  /**
   * Drops these partitions where nothing in them is to be kept.
   * @param isKept SQL condition on rows `r` of the table `run`; a run that meets it keeps its partition
   * @returns how many runs went; `undefined` where the partition stays
   * @throws an error of code `55P03` where the tables were too busy
   */
  async drop(set: RunPartitionSet, isKept: string, parameters: readonly unknown[]): Promise<number | undefined> {
    const run = set.names.get('run');
    if (run === undefined) return undefined;
    const [found] = await this.database.query<{ kept: boolean; runs: number }>(
      `SELECT EXISTS (SELECT 1 FROM ${run} r WHERE ${isKept}) AS kept, (SELECT count(*)::int FROM ${run}) AS runs`,
      [...parameters],
    );
    if (found!.kept) return undefined;
    return (await this.#dropNow(set, run)) ? found!.runs : undefined;
  }

  #dropNow(set: RunPartitionSet, run: string): Promise<boolean> {
    return this.database.withClient(async (client) => {
      try {
        await client.query('BEGIN');
        await client.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
        const tables = partitionedTables.filter((table) => set.names.has(table));
        await client.query(`LOCK TABLE ONLY ${tables.join(', ONLY ')} IN ACCESS EXCLUSIVE MODE`);
        // A run that was over may go on again: a person decided about something that could not be undone.
        const { rowCount } = await client.query(`SELECT 1 FROM ${run} WHERE ended_at IS NULL LIMIT 1`);
        if (rowCount === 0) await dropLocked(client, set);
        await client.query('COMMIT');
        return rowCount === 0;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }
}

async function dropLocked(client: PoolClient, { names, from, to }: RunPartitionSet): Promise<void> {
  // Bytes outside of the database are found by their rows, which come back without a run: the sweep removes them.
  await client.query('CREATE TEMP TABLE kept_place (LIKE run_blob) ON COMMIT DROP');
  const blobs = names.get('run_blob');
  if (blobs !== undefined)
    await client.query(`INSERT INTO kept_place SELECT * FROM ${blobs} WHERE store <> 'postgres'`);
  for (const table of ['run_wait', 'run_inbox', 'run_key'])
    await client.query(`DELETE FROM ${table} WHERE run_id >= '${from}' AND run_id < '${to}'`);
  await client.query(`DROP TABLE ${[...names.values()].join(', ')}`);
  await client.query('INSERT INTO run_blob SELECT * FROM kept_place');
}
