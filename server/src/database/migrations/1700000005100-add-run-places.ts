import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs of workflows that may not all be at work at the same time: those that wait for a place, and those that have one. */
export class AddRunPlaces1700000005100 implements MigrationInterface {
  readonly name = 'AddRunPlaces1700000005100';

  async up(db: QueryRunner): Promise<void> {
    // place: `held` waits for one, `taken` has one; empty where none is needed.
    await db.query('ALTER TABLE run ADD COLUMN place text');
    await db.query(
      'CREATE INDEX run_places ON run (workflow_id, place, id) WHERE place IS NOT NULL AND ended_at IS NULL',
    );
    // The backlog is counted by this index alone.
    await db.query('CREATE INDEX run_standing ON run (status, id) INCLUDE (place) WHERE ended_at IS NULL');
    await db.query('DROP INDEX run_open');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('CREATE INDEX run_open ON run (status, id) WHERE ended_at IS NULL');
    await db.query('DROP INDEX run_standing, run_places');
    await db.query('ALTER TABLE run DROP COLUMN place');
  }
}
