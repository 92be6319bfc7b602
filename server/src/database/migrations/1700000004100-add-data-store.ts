import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPartition, monthsFrom, type RunPeriod } from '../run-partitions.js';

const tables = ['run_blob', 'run_blob_part'] as const;

/**
 * Bytes that are too large for a row: `run_blob` says what there is and in which store, `run_blob_part` holds it where
 * the store is PostgreSQL. Items of a port may be chunks of a blob instead of the `body` of their row; so may a file.
 */
export class AddDataStore1700000004100 implements MigrationInterface {
  readonly name = 'AddDataStore1700000004100';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of statements) await db.query(statement);
    const months = await partitionedMonths(db);
    for (const table of tables) {
      await db.query(`CREATE TABLE ${table}_default PARTITION OF ${table} DEFAULT`);
      for (const month of months) await db.query(createPartition(table, month));
    }
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DELETE FROM run_file WHERE body IS NULL');
    await db.query('ALTER TABLE run_file ALTER COLUMN body SET NOT NULL, ALTER COLUMN size TYPE integer');
    await db.query('ALTER TABLE run_data DROP COLUMN chunks');
    for (const table of tables) await db.query(`DROP TABLE ${table}`);
  }
}

const statements = [
  // size: null while it is written.
  `CREATE TABLE run_blob (
    run_id uuid NOT NULL,
    id uuid NOT NULL,
    store text NOT NULL,
    size bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, id)
  ) PARTITION BY RANGE (run_id)`,
  `CREATE TABLE run_blob_part (
    run_id uuid NOT NULL,
    blob_id uuid NOT NULL,
    at bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (run_id, blob_id, at)
  ) PARTITION BY RANGE (run_id)`,
  // Compressing it again and again costs more than it saves: what is large is mostly compressed already, or read once.
  'ALTER TABLE run_blob_part ALTER COLUMN body SET STORAGE EXTERNAL',
  'ALTER TABLE run_data ADD COLUMN chunks text',
  `COMMENT ON COLUMN run_data.chunks IS 'Where the items are, as JSON: [{ run, blob, at, bytes, items }]. Null: in body.'`,
  'ALTER TABLE run_file ALTER COLUMN body DROP NOT NULL, ALTER COLUMN size TYPE bigint',
  `COMMENT ON COLUMN run_file.body IS 'Null: the bytes are the blob of the same id.'`,
  'CREATE INDEX run_by_root ON run (root_run_id) WHERE root_run_id <> id',
];

/** The months that runs have partitions for: files of an older run that goes on belong to its month. */
async function partitionedMonths(db: QueryRunner): Promise<RunPeriod[]> {
  const rows = (await db.query(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'run'::regclass`,
  )) as { name: string }[];
  const found = rows.flatMap(({ name }) => {
    const [, year, month] = /^run_(\d{4})_(\d{2})$/.exec(name) ?? [];
    return year === undefined ? [] : monthsFrom(new Date(Date.UTC(Number(year), Number(month) - 1, 1)), 1);
  });
  return [...found, ...monthsFrom(new Date(), 3).filter(({ suffix }) => !found.some((each) => each.suffix === suffix))];
}
