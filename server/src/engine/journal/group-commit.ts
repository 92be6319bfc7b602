import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';
import { appendStatement } from './append-statement.js';
import { isRefusedByServer, isTransient } from './database-failure.js';
import type { CommitOutcome, RunCommit } from './run-commit.types.js';

interface Waiting {
  commit: RunCommit;
  /** The answer to an earlier COMMIT was lost: it may be in the database already. */
  uncertain: boolean;
  resolve: (outcome: CommitOutcome) => void;
  reject: (error: unknown) => void;
}

const maxBatch = 100;
const maxInFlight = 2;
const maxTries = 8;

/**
 * Writes the appends of many runs in one transaction: what arrives while a flush is under way goes with the next one.
 * A batch that PostgreSQL refuses is halved until the culprit stands alone; a lost connection is tried again with the
 * same rows, and what got through the first time is recognised by its events.
 */
@Injectable()
export class GroupCommit {
  readonly #queue: Waiting[] = [];
  #inFlight = 0;

  constructor(private readonly database: Database) {}

  append(commit: RunCommit): Promise<CommitOutcome> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ commit, uncertain: false, resolve, reject });
      this.#flushSoon();
    });
  }

  #flushSoon(): void {
    if (this.#inFlight >= maxInFlight || this.#queue.length === 0) return;
    this.#inFlight += 1;
    // Runs that come to their commit in the same turn of the event loop share the flush.
    setImmediate(() => {
      void this.#write(this.#queue.splice(0, maxBatch)).finally(() => {
        this.#inFlight -= 1;
        this.#flushSoon();
      });
    });
  }

  async #write(batch: Waiting[], attempt = 1): Promise<void> {
    if (batch.length === 0) return;
    try {
      await this.#writeOnce(batch);
    } catch (error) {
      this.database.noteFailure(error);
      if (isRefusedByServer(error)) return this.#bisect(batch, error);
      if (!isTransient(error) || attempt >= maxTries) return batch.forEach((waiting) => waiting.reject(error));
      for (const waiting of batch) waiting.uncertain = true;
      await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 50 * 2 ** attempt)));
      await this.#write(batch, attempt + 1);
    }
  }

  async #bisect(batch: Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1) return batch[0]!.reject(error);
    const half = Math.ceil(batch.length / 2);
    await this.#write(batch.slice(0, half));
    await this.#write(batch.slice(half));
  }

  async #writeOnce(batch: Waiting[]): Promise<void> {
    const { rows } = await this.database.pool.query<{ id: string }>(appendStatement(batch.map(({ commit }) => commit)));
    const written = new Set(rows.map(({ id }) => id));
    for (const waiting of batch) {
      if (written.has(waiting.commit.run.id)) waiting.resolve('committed');
    }
    await Promise.all(
      batch
        .filter(({ commit }) => !written.has(commit.run.id))
        .map(async (waiting) => waiting.resolve(await this.#whyNot(waiting))),
    );
  }

  async #whyNot({ commit, uncertain }: Waiting): Promise<CommitOutcome> {
    const { run, expectedSeq, events } = commit;
    const [row] = await this.database.query<{ epoch: number }>('SELECT epoch FROM run WHERE id = $1', [run.id]);
    if (row === undefined) return commit.create === undefined ? 'fenced' : 'keyTaken';
    if (uncertain && (await this.#isOurs(run.id, expectedSeq, events))) return 'committed';
    return row.epoch === run.epoch ? 'conflict' : 'fenced';
  }

  /** Claims, times and outcomes are in the events: only our own append left exactly these. */
  async #isOurs(runId: string, after: number, events: RunCommit['events']): Promise<boolean> {
    const rows = await this.database.query<{ data: string }>(
      'SELECT data FROM run_event WHERE run_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq',
      [runId, after, after + events.length],
    );
    return (
      events.length > 0 &&
      rows.length === events.length &&
      rows.every(({ data }, index) => data === JSON.stringify(events[index]))
    );
  }
}
