import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import { Log } from '../logging/logger.service.js';

/** How long a place is held without a sign of life, and how often one is given; milliseconds. */
const heldMs = 30_000;
const renewEveryMs = 10_000;
/** How often who waits looks again, in milliseconds, give or take half of it. */
const lookEveryMs = 200;

/** A credential that says how many calls may use it at once, over all workflows and servers. */
export interface LimitedCredential {
  id: string;
  maxConcurrentCalls: number;
}

/**
 * Places for calls with a credential: as many as it allows, over all servers of the installation. They are rows, so a
 * server that dies gives its places back after {@link heldMs}.
 */
@Injectable()
export class CredentialPlaces implements OnApplicationShutdown {
  /** Each call is a holder of its own. */
  readonly #held = new Set<string>();
  readonly #renewing = setInterval(() => void this.#renew(), renewEveryMs).unref();

  constructor(
    private readonly database: Database,
    private readonly log: Log,
  ) {}

  onApplicationShutdown(): void {
    clearInterval(this.#renewing);
  }

  /**
   * Works while it holds a place of each credential; waits for them first, for as long as `signal` lets it.
   * @throws what `signal` was aborted with
   */
  async withPlaces<Result>(
    credentials: LimitedCredential[],
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result> {
    // Always in the same order: two calls never wait for each other.
    const [first, ...rest] = credentials.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (first === undefined) return work();
    const holder = await this.#take(first, signal);
    try {
      return await this.withPlaces(rest, signal, work);
    } finally {
      await this.#give(holder);
    }
  }

  async #take({ id, maxConcurrentCalls }: LimitedCredential, signal: AbortSignal): Promise<string> {
    const holder = randomUUID();
    for (;;) {
      signal.throwIfAborted();
      const taken = await this.database.query(takePlace, [id, maxConcurrentCalls, holder, heldMs]);
      if (taken.length > 0) break;
      await setTimeout(lookEveryMs * (0.5 + Math.random()), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    this.#held.add(holder);
    return holder;
  }

  async #give(holder: string): Promise<void> {
    this.#held.delete(holder);
    try {
      await this.database.query('DELETE FROM credential_place WHERE holder = $1', [holder]);
    } catch (error) {
      this.log.warn({ error }, 'A place of a credential could not be given back; it is free in half a minute');
    }
  }

  async #renew(): Promise<void> {
    if (this.#held.size === 0) return;
    try {
      await this.database.query(
        `UPDATE credential_place SET held_until = now() + $2 * interval '1 ms' WHERE holder = ANY($1)`,
        [[...this.#held], heldMs],
      );
    } catch (error) {
      this.log.warn({ error }, 'Places of credentials could not be renewed; it is tried again soon');
    }
  }
}

// Two who take the same place at once: the key lets one through, the other finds nothing and looks again.
const takePlace = `
  INSERT INTO credential_place (credential_id, place, holder, held_until)
  SELECT $1, number, $3, now() + $4 * interval '1 ms' FROM generate_series(1, $2) AS number
  WHERE NOT EXISTS (
    SELECT 1 FROM credential_place WHERE credential_id = $1 AND place = number AND held_until > now())
  ORDER BY random() LIMIT 1
  ON CONFLICT (credential_id, place) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
    WHERE credential_place.held_until <= now()
  RETURNING place`;
