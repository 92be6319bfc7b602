import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs that a step of another run called: where their result goes, and what their idempotency keys are made from. */
export class AddCalledRuns1700000004000 implements MigrationInterface {
  readonly name = 'AddCalledRuns1700000004000';

  async up(db: QueryRunner): Promise<void> {
    // key_root: what idempotency keys are made from; empty where it is root_run_id. call_index: which call of the step.
    await db.query(`ALTER TABLE run
      ADD COLUMN key_root text,
      ADD COLUMN depth integer NOT NULL DEFAULT 0,
      ADD COLUMN call_step text,
      ADD COLUMN call_index integer,
      ADD COLUMN is_awaited boolean NOT NULL DEFAULT false`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'ALTER TABLE run DROP COLUMN key_root, DROP COLUMN depth, DROP COLUMN call_step, DROP COLUMN call_index, DROP COLUMN is_awaited',
    );
  }
}
