import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { writeRefusal } from './write-refusal.js';

const probe = `INSERT INTO engine_fact (name, value) VALUES ('write.probe', now()::text)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

/** Plain SQL for hot paths. Everything else goes through repositories and {@link UnitOfWork}. */
@Injectable()
export class Database {
  #refusal: string | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** The pool of `pg` below TypeORM: named prepared statements, pinned clients. Release what you take. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** Runs one statement and returns its rows. `bigint` columns arrive as text: cast them where they are numbers. */
  async query<Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(sql, parameters)).rows;
    } catch (error) {
      this.noteFailure(error);
      throw error;
    }
  }

  /** Lends `work` a connection of its own, for locks and transactions. One that breaks fails the work, not the process. */
  async withClient<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    const onError = (error: Error): void => void (broken = error);
    client.on('error', onError);
    try {
      return await work(client);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  /** Remembers what an error says about all writes, for whoever asks with {@link findRefusal}. */
  noteFailure(error: unknown): void {
    this.#refusal = writeRefusal(error) ?? this.#refusal;
  }

  /** Why PostgreSQL takes no writes; undefined where it does. Writes to find out only where one was refused before. */
  async findRefusal(): Promise<string | undefined> {
    const [row] = await this.query<{ isReadOnly: boolean }>(
      `SELECT current_setting('transaction_read_only') = 'on' AS "isReadOnly"`,
    );
    if (row?.isReadOnly === true) this.noteFailure({ code: '25006' });
    if (this.#refusal === undefined) return undefined;
    const known = this.#refusal;
    this.#refusal = undefined;
    try {
      await this.query(probe);
    } catch (error) {
      this.#refusal ??= known;
      if (writeRefusal(error) === undefined) throw error;
    }
    return this.#refusal;
  }
}
