import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import type { RunProgram } from '../runner/run-memory.js';

/** Keeps the documents that runs are started from, once each. */
@Injectable()
export class DocumentStore {
  readonly #known = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Stores the document before the first run of it is committed. */
  async keep({ hash, document }: RunProgram): Promise<void> {
    if (this.#known.has(hash)) return;
    await this.database.query('INSERT INTO run_document (hash, body) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      hash,
      JSON.stringify(document),
    ]);
    this.#known.add(hash);
  }
}
