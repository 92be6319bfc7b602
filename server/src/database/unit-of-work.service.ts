import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** An open transaction. Repositories take it as their first parameter and join it. */
export type Tx = EntityManager;

/** Opens transactions. Services do, repositories never. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction: committed when it returns, rolled back when it throws.
   * `tx.query(sql, params)` runs SQL in it, `tx.getRepository(Entity)` gives a repository in it.
   */
  run<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.dataSource.transaction(work);
  }

  /** The same connection pool without a transaction, for single statements. */
  get direct(): Tx {
    return this.dataSource.manager;
  }
}
