import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What started each run, and an index that finds those of one starter; runs of before do not say, and are not in it. */
export class AddRunStarter1700000006400 implements MigrationInterface {
  readonly name = 'AddRunStarter1700000006400';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE run ADD COLUMN started_by text');
    await db.query('CREATE INDEX run_by_starter ON run (project_id, started_by, id DESC) WHERE started_by IS NOT NULL');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX run_by_starter');
    await db.query('ALTER TABLE run DROP COLUMN started_by');
  }
}
