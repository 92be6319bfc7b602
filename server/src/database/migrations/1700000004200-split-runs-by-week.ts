import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  createPartition,
  firstIdOf,
  missingPeriods,
  partitionedTables,
  partitionsQuery,
  toPartition,
  weeksFrom,
  type RunPartition,
} from '../run-partitions.js';

/** Runs are split by week from now on. Months that hold runs stay as they are and are dropped as one. */
export class SplitRunsByWeek1700000004200 implements MigrationInterface {
  readonly name = 'SplitRunsByWeek1700000004200';

  async up(db: QueryRunner): Promise<void> {
    const coming = (await partitions(db)).filter(({ to }) => to > firstIdOf(Date.now()));
    for (const from of new Set(coming.map((partition) => partition.from))) {
      const period = coming.filter((partition) => partition.from === from);
      if (await isEmpty(db, period)) await db.query(`DROP TABLE ${period.map(({ name }) => name).join(', ')}`);
    }
    const left = await partitions(db);
    for (const table of partitionedTables) {
      const held = left.filter((partition) => partition.table === table);
      for (const week of missingPeriods(weeksFrom(new Date(), 4), held)) await db.query(createPartition(table, week));
    }
  }

  /** Weeks serve older versions as well as months do. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}

async function partitions(db: QueryRunner): Promise<RunPartition[]> {
  return ((await db.query(partitionsQuery)) as Parameters<typeof toPartition>[0][]).map(toPartition);
}

async function isEmpty(db: QueryRunner, period: readonly RunPartition[]): Promise<boolean> {
  for (const { name } of period) {
    const rows = (await db.query(`SELECT 1 FROM ${name} LIMIT 1`)) as unknown[];
    if (rows.length > 0) return false;
  }
  return true;
}
