import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many calls a credential may have under way at once, and the places that are taken. A place belongs to its holder until
 * `held_until`: one that died gives it back by that.
 */
export class LimitCredentials1700000005200 implements MigrationInterface {
  readonly name = 'LimitCredentials1700000005200';

  async up(db: QueryRunner): Promise<void> {
    await db.query('ALTER TABLE credential ADD COLUMN max_concurrent_calls integer');
    await db.query(`CREATE TABLE credential_place (
      credential_id uuid NOT NULL REFERENCES credential (id) ON DELETE CASCADE,
      place integer NOT NULL,
      holder uuid NOT NULL,
      held_until timestamptz NOT NULL,
      PRIMARY KEY (credential_id, place)
    )`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE credential_place');
    await db.query('ALTER TABLE credential DROP COLUMN max_concurrent_calls');
  }
}
