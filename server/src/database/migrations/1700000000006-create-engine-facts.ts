import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the engine has to remember over restarts and is not about a run, by name. */
export class CreateEngineFacts1700000000006 implements MigrationInterface {
  readonly name = 'CreateEngineFacts1700000000006';

  async up(db: QueryRunner): Promise<void> {
    await db.query('CREATE TABLE engine_fact (name text PRIMARY KEY, value text NOT NULL)');
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query('DROP TABLE engine_fact');
  }
}
