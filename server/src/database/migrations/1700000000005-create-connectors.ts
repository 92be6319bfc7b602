import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Connectors as they described themselves, and encrypted credentials. Descriptors are `json`, not `jsonb`: the order of fields
 * is the order of the form. Across rooms rows point at each other by id.
 */
export class CreateConnectors1700000000005 implements MigrationInterface {
  readonly name = 'CreateConnectors1700000000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE connector (
        id text NOT NULL,
        version text NOT NULL,
        package_name text NOT NULL,
        fingerprint text NOT NULL,
        descriptor json NOT NULL,
        described_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (id, version)
      );
      CREATE TABLE credential (
        id uuid PRIMARY KEY,
        project_id uuid NOT NULL,
        name text NOT NULL,
        kind text NOT NULL,
        filled_fields text[] NOT NULL DEFAULT '{}',
        sealed text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX credential_project ON credential (project_id, name);
      CREATE TABLE credential_canary (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        sealed text NOT NULL
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE credential_canary; DROP TABLE credential; DROP TABLE connector;');
  }
}
