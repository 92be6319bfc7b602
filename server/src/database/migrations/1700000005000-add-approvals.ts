import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are asked, and when the next mail about it is due. What they decided is in `run_inbox`. */
export class AddApprovals1700000005000 implements MigrationInterface {
  readonly name = 'AddApprovals1700000005000';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of statements) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP INDEX run_inbox_decisions, run_wait_approvals, run_wait_notices');
    await db.query('ALTER TABLE run_wait DROP COLUMN request, DROP COLUMN notify_at, DROP COLUMN notices');
  }
}

const statements = [
  `ALTER TABLE run_wait ADD COLUMN request text, ADD COLUMN notify_at timestamptz,
     ADD COLUMN notices integer NOT NULL DEFAULT 0`,
  `COMMENT ON COLUMN run_wait.request IS 'Of an approval: ApprovalRequest as JSON. notify_at: when the next mail about it is due; notices: how many were sent to each.'`,
  `CREATE INDEX run_wait_approvals ON run_wait (id DESC) WHERE kind = 'approval'`,
  `CREATE INDEX run_wait_notices ON run_wait (notify_at) WHERE notify_at IS NOT NULL AND resolved_at IS NULL`,
  `CREATE INDEX run_inbox_decisions ON run_inbox (run_id, step_key) WHERE kind = 'decision'`,
];
