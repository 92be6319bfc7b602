import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Variables of projects, as `$vars` shows them. The value is JSON as text. */
export class CreateVariables1700000004001 implements MigrationInterface {
  readonly name = 'CreateVariables1700000004001';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE variable (
      id uuid PRIMARY KEY,
      project_id uuid NOT NULL,
      name text NOT NULL,
      value text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (project_id, name)
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE variable');
  }
}
