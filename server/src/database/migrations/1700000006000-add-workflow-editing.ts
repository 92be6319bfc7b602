import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who edits a workflow: one browser tab at a time, until it leaves, falls silent, or somebody takes over. */
export class AddWorkflowEditing1700000006000 implements MigrationInterface {
  readonly name = 'AddWorkflowEditing1700000006000';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE TABLE workflow_editing (
      workflow_id uuid PRIMARY KEY REFERENCES workflow (id) ON DELETE CASCADE,
      user_id uuid NOT NULL,
      tab text NOT NULL,
      -- seen_at: the last sign of life of the tab. active_at: when the person did something in it.
      seen_at timestamptz NOT NULL,
      active_at timestamptz NOT NULL,
      asked_by uuid,
      asked_tab text,
      asked_at timestamptz
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE workflow_editing');
  }
}
