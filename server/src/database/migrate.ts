import type { DataSource } from 'typeorm';

/** Key of the advisory lock: two servers that start at once migrate one after the other. */
const migrationLock = 7_311_601;

/** Brings the schema up to date. */
export async function migrate(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await dataSource.runMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]).catch(() => undefined);
    await runner.release();
  }
}
