import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who changed what of a draft since it was last published, and a note for each version. */
export class AddDraftAuthors1700000006100 implements MigrationInterface {
  readonly name = 'AddDraftAuthors1700000006100';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE workflow ADD COLUMN draft_authors text NOT NULL DEFAULT '{}'`);
    await db.query(`ALTER TABLE workflow_version ADD COLUMN note text NOT NULL DEFAULT ''`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE workflow_version DROP COLUMN note');
    await db.query('ALTER TABLE workflow DROP COLUMN draft_authors');
  }
}
