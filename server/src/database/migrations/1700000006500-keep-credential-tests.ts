import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the last test of a credential went, with the values it has now: changing them forgets it. */
export class KeepCredentialTests1700000006500 implements MigrationInterface {
  readonly name = 'KeepCredentialTests1700000006500';

  async up(db: QueryRunner): Promise<void> {
    // tested_at is empty where it was not tested; test_failure where it passed.
    await db.query('ALTER TABLE credential ADD COLUMN tested_at timestamptz, ADD COLUMN test_failure text');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE credential DROP COLUMN tested_at, DROP COLUMN test_failure');
  }
}
