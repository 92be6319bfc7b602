import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';

/** Plain SQL for hot paths. Everything else goes through repositories and {@link UnitOfWork}. */
@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** The pool of `pg` below TypeORM: named prepared statements, pinned clients. Release what you take. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** Runs one statement and returns its rows. `bigint` columns arrive as text: cast them where they are numbers. */
  async query<Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, parameters)).rows;
  }
}
