import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When live workflows start by themselves, and what became of each time they were to start. */
export class CreateSchedules1700000000007 implements MigrationInterface {
  readonly name = 'CreateSchedules1700000000007';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One row for each schedule node that was ever live: its id, its pause and its history outlive unpublishing.
      CREATE TABLE schedule (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL,
        workflow_id uuid NOT NULL REFERENCES workflow (id) ON DELETE CASCADE,
        node_id text NOT NULL,
        node_name text NOT NULL,
        version integer NOT NULL,
        settings text NOT NULL,
        is_armed boolean NOT NULL,
        -- The next time that was not taken up yet; advanced_at is when it was found.
        next_at timestamptz,
        advanced_at timestamptz NOT NULL,
        paused_at timestamptz,
        paused_by uuid,
        pause_note text,
        missed_count integer NOT NULL DEFAULT 0,
        missed_from timestamptz,
        missed_to timestamptz,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        UNIQUE (workflow_id, node_id)
      );
      CREATE INDEX schedule_due ON schedule (next_at) WHERE is_armed AND paused_at IS NULL;
      CREATE INDEX schedule_advanced ON schedule (advanced_at) WHERE is_armed AND paused_at IS NULL;
      CREATE INDEX schedule_project ON schedule (project_id, id);
      -- A time that was taken up. Its key is the idempotency key of its run.
      CREATE TABLE schedule_firing (
        key text PRIMARY KEY,
        schedule_id uuid NOT NULL REFERENCES schedule (id) ON DELETE CASCADE,
        nominal_at timestamptz NOT NULL,
        kind text NOT NULL CHECK (kind IN ('schedule', 'trigger', 'backfill')),
        overlap text NOT NULL CHECK (overlap IN ('skip', 'buffer', 'allow')),
        state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'skipped', 'dropped', 'failed')),
        run_id uuid,
        note text,
        attempts integer NOT NULL DEFAULT 0,
        -- A waiting one is not looked at before.
        retry_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX schedule_firing_open ON schedule_firing (schedule_id, nominal_at) WHERE state IN ('waiting', 'running');
      CREATE INDEX schedule_firing_waiting ON schedule_firing (retry_at) WHERE state = 'waiting';
      CREATE INDEX schedule_firing_running ON schedule_firing (run_id) WHERE state = 'running';
      CREATE INDEX schedule_firing_history ON schedule_firing (schedule_id, nominal_at DESC, key DESC);
      CREATE INDEX schedule_firing_age ON schedule_firing (changed_at);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE schedule_firing; DROP TABLE schedule;');
  }
}
