import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which live workflow answers which call, which editor listens, and which events were seen before. */
export class CreateWebhooks1700000000004 implements MigrationInterface {
  readonly name = 'CreateWebhooks1700000000004';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE webhook_route (
        workflow_id uuid NOT NULL REFERENCES workflow (id) ON DELETE CASCADE,
        node_id text NOT NULL,
        project_id uuid NOT NULL,
        version integer NOT NULL,
        method text NOT NULL,
        path text NOT NULL,
        path_key text NOT NULL,
        PRIMARY KEY (workflow_id, node_id)
      );
      CREATE UNIQUE INDEX webhook_route_place ON webhook_route (path_key, method);
      -- One row, updated by every change of the routes: it puts changes in a line and tells processes to read again.
      CREATE TABLE webhook_route_state (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        revision bigint NOT NULL DEFAULT 0
      );
      INSERT INTO webhook_route_state DEFAULT VALUES;
      CREATE TABLE webhook_listener (
        id uuid PRIMARY KEY,
        workflow_id uuid NOT NULL REFERENCES workflow (id) ON DELETE CASCADE,
        node_id text NOT NULL,
        project_id uuid NOT NULL,
        method text NOT NULL,
        path text NOT NULL,
        expires_at timestamptz NOT NULL,
        UNIQUE (workflow_id, node_id)
      );
      -- since is part of the idempotency key of the run: a later one frees the value.
      CREATE TABLE webhook_dedupe (
        workflow_id uuid NOT NULL REFERENCES workflow (id) ON DELETE CASCADE,
        node_id text NOT NULL,
        value_hash text NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (workflow_id, node_id, value_hash)
      );
      CREATE INDEX webhook_dedupe_age ON webhook_dedupe (since);
    `);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(
      'DROP TABLE webhook_dedupe; DROP TABLE webhook_listener; DROP TABLE webhook_route_state; DROP TABLE webhook_route;',
    );
  }
}
