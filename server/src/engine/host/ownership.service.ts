import { Injectable } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.service.js';
import type { RunEvent } from '../../interpreter/run-events.types.js';
import type { HostName } from '../runner/runner.types.js';

/** A run that has a new owner. */
export interface Owned {
  runId: string;
  epoch: number;
  durability: string;
  /** Takeovers in a row without any outcome. */
  stalls: number;
}

/** Where a run is to go. */
export interface NewOwner {
  host: HostName;
  /** The process that owns it from now on; `null` where the host keeps owners itself. */
  processId: string | null;
}

/** Counts a takeover, and that it was needed; an append with an outcome starts the count of `stalls` anew. */
const counted = 'takeovers = r.takeovers + 1, stalls = r.stalls + 1, takeover_seq = r.last_seq,';

/** Moves runs from owner to owner: the epoch grows first, so that whoever had it before is fenced from then on. */
@Injectable()
export class Ownership {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Takes a run that nobody owns and that is not being worked on. @returns undefined where somebody was faster. */
  async claimFree(runId: string, host: HostName, processId: string): Promise<Owned | undefined> {
    const [row] = await this.database.query<Omit<Owned, 'runId'>>(
      `UPDATE run SET epoch = epoch + 1, process_id = $3
       WHERE id = $1 AND host = $2 AND process_id IS NULL AND ended_at IS NULL
       RETURNING epoch, durability, stalls`,
      [runId, host, processId],
    );
    return row && { runId, ...row };
  }

  /**
   * Hands a run over; only when no step of it is in flight.
   * @returns undefined where the run moved on meanwhile
   */
  async handOver(runId: string, epoch: number, seq: number, to: NewOwner, reason: string): Promise<Owned | undefined> {
    const rows = await this.#move(
      { text: 'r.id = $1 AND r.epoch = $2 AND r.last_seq = $3', values: [runId, epoch, seq] },
      to,
      reason,
      '',
      { isClean: true },
    );
    return rows[0];
  }

  /** Takes over up to `limit` runs of processes of this host whose lease ended. */
  takeOverOrphans(host: HostName, to: NewOwner, limit: number): Promise<Owned[]> {
    const orphans = `r.id IN (
      SELECT o.id FROM run o WHERE o.ended_at IS NULL AND o.host = $1 AND o.process_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM process p WHERE p.id = o.process_id AND p.lease_until > clock_timestamp())
      ORDER BY o.id LIMIT $2 FOR UPDATE SKIP LOCKED)`;
    return this.#move({ text: orphans, values: [host, limit] }, to, 'its process went away', counted);
  }

  /** Takes up again runs of this process that nobody works on: something went wrong with them. */
  takeUpAgain(runIds: string[], processId: string, to: NewOwner): Promise<Owned[]> {
    return this.#move(
      { text: 'r.id = ANY($1) AND r.process_id = $2', values: [runIds, processId] },
      to,
      say`it had stopped`.text,
      counted,
    );
  }

  /** Runs that their engine forgot, through no fault of theirs: they begin again on it under a new epoch. */
  beginAgain(runIds: string[], host: HostName): Promise<Owned[]> {
    return this.#move(
      { text: 'r.id = ANY($1) AND r.host = $2 AND r.process_id IS NULL', values: [runIds, host] },
      { host, processId: null },
      say`its engine had lost it`.text,
      'takeovers = r.takeovers + 1,',
    );
  }

  /** Runs that their engine has and whose workers cannot go on with what it has: as {@link beginAgain}, and it is counted. */
  beginAnew(runIds: string[], host: HostName): Promise<Owned[]> {
    return this.#move(
      { text: 'r.id = ANY($1) AND r.host = $2 AND r.process_id IS NULL', values: [runIds, host] },
      { host, processId: null },
      'another version of WFAIB had carried it',
      counted,
    );
  }

  /** Takes a run away from its owner, for the next one on the same host. @returns undefined where it moved on meanwhile */
  async release(run: { runId: string; epoch: number; host: HostName }, reason: string): Promise<Owned | undefined> {
    const rows = await this.#move(
      { text: 'r.id = $1 AND r.epoch = $2', values: [run.runId, run.epoch] },
      { host: run.host, processId: null },
      reason,
      'takeovers = r.takeovers + 1,',
    );
    return rows[0];
  }

  async #move(
    where: { text: string; values: unknown[] },
    to: NewOwner,
    reason: string,
    also: string,
    more: { isClean?: true } = {},
  ): Promise<Owned[]> {
    const event: Omit<Extract<RunEvent, { type: 'run.handedOver' }>, 'epoch'> = {
      type: 'run.handedOver',
      at: this.clock.now(),
      host: to.host,
      reason,
      ...more,
    };
    const next = where.values.length;
    const rows = await this.database.query<{ id: string } & Omit<Owned, 'runId'>>(
      `WITH moved AS (
         UPDATE run r SET epoch = r.epoch + 1, last_seq = r.last_seq + 1, ${also} host = $${next + 1}, process_id = $${next + 2}
         WHERE ${where.text} AND r.ended_at IS NULL RETURNING r.id, r.epoch, r.last_seq, r.durability, r.stalls
       ), noted AS (
         INSERT INTO run_event (run_id, seq, epoch, at, type, data)
         SELECT id, last_seq, epoch, to_timestamp($${next + 3}::float8 / 1000), 'run.handedOver',
           rtrim($${next + 4}::text, '}') || ',"epoch":' || epoch || '}' FROM moved
       ) SELECT id, epoch, durability, stalls FROM moved`,
      [...where.values, to.host, to.processId, event.at, JSON.stringify(event)],
    );
    return rows.map(({ id, ...owned }) => ({ runId: id, ...owned }));
  }
}
