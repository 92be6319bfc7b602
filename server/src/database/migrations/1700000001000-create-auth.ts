import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions and API keys, and the one-time link that makes the owner. Only hashes of secrets are kept. */
export class CreateAuth1700000001000 implements MigrationInterface {
  readonly name = 'CreateAuth1700000001000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE app_user (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        password_hash text NOT NULL,
        is_owner boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE UNIQUE INDEX app_user_email ON app_user (lower(email));
      CREATE UNIQUE INDEX app_user_one_owner ON app_user (is_owner) WHERE is_owner;
      ALTER TABLE membership ADD FOREIGN KEY (user_id) REFERENCES app_user (id) ON DELETE CASCADE;
      CREATE TABLE session (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        secret_hash bytea NOT NULL UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX session_by_user ON session (user_id);
      CREATE TABLE api_key (
        id uuid PRIMARY KEY,
        user_id uuid NOT NULL REFERENCES app_user (id) ON DELETE CASCADE,
        project_id uuid NOT NULL REFERENCES project (id) ON DELETE CASCADE,
        name text NOT NULL,
        prefix text NOT NULL,
        secret_hash bytea NOT NULL UNIQUE,
        from_settings boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE INDEX api_key_project ON api_key (project_id, created_at);
      CREATE TABLE sign_in_try (
        key bytea PRIMARY KEY,
        count integer NOT NULL,
        since timestamptz NOT NULL
      );
      CREATE TABLE setup_token (
        id boolean PRIMARY KEY DEFAULT true CHECK (id),
        secret_hash bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'DROP TABLE setup_token, sign_in_try, api_key, session; ALTER TABLE membership DROP CONSTRAINT membership_user_id_fkey; DROP TABLE app_user;',
    );
  }
}
