import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workflows and their versions. Documents are text: `jsonb` would refuse NUL and reorder keys. */
export class CreateWorkflows1700000000002 implements MigrationInterface {
  readonly name = 'CreateWorkflows1700000000002';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE workflow (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL,
        name text NOT NULL,
        draft text NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        live_version integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        updated_by uuid NOT NULL
      );
      CREATE INDEX workflow_by_project ON workflow (project_id, updated_at DESC, id DESC);
      CREATE TABLE workflow_version (
        workflow_id uuid NOT NULL REFERENCES workflow (id) ON DELETE CASCADE,
        number integer NOT NULL,
        document text NOT NULL,
        hash text NOT NULL,
        published_at timestamptz NOT NULL DEFAULT now(),
        published_by uuid NOT NULL,
        PRIMARY KEY (workflow_id, number)
      );
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE workflow_version; DROP TABLE workflow;');
  }
}
