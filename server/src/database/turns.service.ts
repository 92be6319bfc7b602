import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from './database.service.js';

/** Lets one server of all do a piece of work. */
@Injectable()
export class Turns {
  constructor(private readonly database: Database) {}

  /**
   * Does the work unless somebody else is doing work of this name. A server that dies gives its turn back.
   * @returns what the work returns; `undefined` where another one is at it
   */
  take<Result>(name: string, work: () => Promise<Result>): Promise<Result | undefined> {
    const key = createHash('sha256').update(`wfaib:${name}`).digest().readInt32BE();
    return this.database.withClient(async (client) => {
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(7311604, $1) AS taken', [
        key,
      ]);
      if (rows[0]?.taken !== true) return undefined;
      try {
        return await work();
      } finally {
        await client.query('SELECT pg_advisory_unlock(7311604, $1)', [key]).catch(() => undefined);
      }
    });
  }
}
