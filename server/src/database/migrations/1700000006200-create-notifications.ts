import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Addresses that are told about runs, and what each was told. */
export class CreateNotifications1700000006200 implements MigrationInterface {
  readonly name = 'CreateNotifications1700000006200';

  async up(db: QueryRunner): Promise<void> {
    for (const statement of statements) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE notification_delivery, notification');
  }
}

const statements = [
  `CREATE TABLE notification (
     id uuid PRIMARY KEY,
     project_id uuid NOT NULL,
     name text NOT NULL,
     url text NOT NULL,
     events text[] NOT NULL,
     workflow_id uuid,
     is_on boolean NOT NULL DEFAULT true,
     secret text NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     updated_at timestamptz NOT NULL DEFAULT now()
   )`,
  `COMMENT ON COLUMN notification.workflow_id IS 'Only runs of this workflow; null: those of all. secret is sealed as credentials are.'`,
  `CREATE INDEX notification_project ON notification (project_id)`,
  `CREATE TABLE notification_delivery (
     id uuid PRIMARY KEY,
     notification_id uuid NOT NULL REFERENCES notification (id) ON DELETE CASCADE,
     event text NOT NULL,
     run_id uuid,
     step_key text,
     body text,
     sends integer NOT NULL DEFAULT 0,
     tries integer NOT NULL DEFAULT 0,
     status integer,
     error text,
     created_at timestamptz NOT NULL DEFAULT now(),
     queued_at timestamptz,
     delivered_at timestamptz,
     failed_at timestamptz
   )`,
  `COMMENT ON TABLE notification_delivery IS 'The append that ends, pauses or holds up a run writes the row; a worker writes the body, and makes a job of it (queued_at).'`,
  `CREATE INDEX notification_delivery_list ON notification_delivery (notification_id, created_at DESC, id DESC)`,
  `CREATE INDEX notification_delivery_due ON notification_delivery (created_at) WHERE queued_at IS NULL`,
];
