import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects and who belongs to them, with the one project that exists from the start. */
export class CreateProjects1700000000000 implements MigrationInterface {
  readonly name = 'CreateProjects1700000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE project (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        is_default boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX project_one_default ON project (is_default) WHERE is_default;
      CREATE TABLE membership (
        project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
        user_id uuid NOT NULL,
        role text NOT NULL CHECK (role IN ('owner', 'editor', 'runner', 'viewer')),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (project_id, user_id)
      );
      CREATE INDEX membership_user ON membership (user_id);
      INSERT INTO project (id, name, is_default) VALUES (gen_random_uuid(), 'Default', true);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE membership; DROP TABLE project;');
  }
}
