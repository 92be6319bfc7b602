import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Folders, tags and an owner for workflows; the retries of a run are found by it. */
export class OrganiseWorkflows1700000003000 implements MigrationInterface {
  readonly name = 'OrganiseWorkflows1700000003000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- folder: names divided by slashes, "" is the top.
      ALTER TABLE workflow ADD COLUMN folder text NOT NULL DEFAULT '', ADD COLUMN tags text[] NOT NULL DEFAULT '{}',
        ADD COLUMN created_by uuid;
      UPDATE workflow SET created_by = updated_by;
      CREATE INDEX workflow_by_folder ON workflow (project_id, folder);
      CREATE INDEX run_retries ON run (retry_of) WHERE retry_of IS NOT NULL;
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP INDEX run_retries; ALTER TABLE workflow DROP COLUMN folder, DROP COLUMN tags, DROP COLUMN created_by;',
    );
  }
}
