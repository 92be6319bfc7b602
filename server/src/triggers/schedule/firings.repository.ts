import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.service.js';
import type { RunStatus } from '../../runs/run.types.js';
import type { FiringRow, FiringState } from './schedule.types.js';

const columns = `f.key, f.schedule_id AS "scheduleId", f.nominal_at AS "nominalAt", f.kind, f.overlap, f.state,
  f.run_id AS "runId", f.note, f.attempts, f.changed_at AS "changedAt"`;

export type NewFiring = Pick<FiringRow, 'key' | 'scheduleId' | 'nominalAt' | 'kind' | 'overlap'>;
export type ShownFiring = FiringRow & { runStatus: RunStatus | null };

/** What a firing becomes. */
export interface FiringChange {
  key: string;
  state: FiringState;
  runId?: string;
  note?: string;
  attempts: number;
  /** When a waiting one is looked at again. */
  retryAt?: Date;
}

const insert = `INSERT INTO schedule_firing AS f (key, schedule_id, nominal_at, kind, overlap, state)
  SELECT n.key, n.schedule_id, n.nominal_at, n.kind, n.overlap, 'waiting'
  FROM unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[])
    AS n (key, schedule_id, nominal_at, kind, overlap) ON CONFLICT (key)`;

@Injectable()
export class FiringsRepository {
  /** Takes up times. One that was taken up before stays as it is. */
  async add(tx: Tx, firings: NewFiring[]): Promise<void> {
    if (firings.length > 0) await tx.query(`${insert} DO NOTHING`, valuesOf(firings));
  }

  /** Takes up times, also those that never led to a run. @returns how many */
  async addAgain(tx: Tx, firings: NewFiring[]): Promise<number> {
    const rows = await tx.query<{ key: string }[]>(
      `${insert} DO UPDATE SET state = 'waiting', kind = excluded.kind, overlap = excluded.overlap, note = NULL,
         attempts = 0, retry_at = clock_timestamp(), changed_at = clock_timestamp()
       WHERE f.state IN ('skipped', 'dropped', 'failed') RETURNING f.key`,
      valuesOf(firings),
    );
    return rows.length;
  }

  /** Firings that wait for their turn, in the order of their times. */
  waiting(tx: Tx, scheduleIds: string[], limitEach: number): Promise<FiringRow[]> {
    return tx.query<FiringRow[]>(
      `SELECT ${columns} FROM unnest($1::uuid[]) AS s (id) CROSS JOIN LATERAL (
         SELECT * FROM schedule_firing WHERE schedule_id = s.id AND state = 'waiting' ORDER BY nominal_at, key LIMIT $2) f
       ORDER BY f.nominal_at, f.key`,
      [scheduleIds, limitEach],
    );
  }

  /** Firings whose run is still going. */
  running(tx: Tx, scheduleIds: string[]): Promise<FiringRow[]> {
    return tx.query<FiringRow[]>(
      `SELECT ${columns} FROM schedule_firing f JOIN run r ON r.id = f.run_id
       WHERE f.schedule_id = ANY($1) AND f.state = 'running' AND r.ended_at IS NULL ORDER BY f.changed_at`,
      [scheduleIds],
    );
  }

  async change(tx: Tx, changes: FiringChange[], now: Date): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(
      `UPDATE schedule_firing f SET state = c.state, run_id = c.run_id, note = c.note, attempts = c.attempts,
         retry_at = coalesce(c.retry_at, f.retry_at), changed_at = $7
       FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::timestamptz[])
         AS c (key, state, run_id, note, attempts, retry_at)
       WHERE f.key = c.key`,
      [
        changes.map(({ key }) => key),
        changes.map(({ state }) => state),
        changes.map(({ runId }) => runId ?? null),
        changes.map(({ note }) => note ?? null),
        changes.map(({ attempts }) => attempts),
        changes.map(({ retryAt }) => retryAt ?? null),
        now,
      ],
    );
  }

  /** Lets firings be looked at now whose schedule has no run any more that they wait for. @returns how many */
  async wakeFree(tx: Tx, scheduleIds: string[]): Promise<number> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE schedule_firing f SET retry_at = clock_timestamp()
       WHERE f.schedule_id = ANY($1) AND f.state = 'waiting' AND f.attempts = 0 AND f.retry_at > clock_timestamp()
         AND NOT EXISTS (
           SELECT 1 FROM schedule_firing g JOIN run r ON r.id = g.run_id
           WHERE g.schedule_id = f.schedule_id AND g.state = 'running' AND r.ended_at IS NULL
             AND (f.kind = 'backfill' OR g.kind <> 'backfill'))`,
      [scheduleIds],
    );
    return count;
  }

  /** What still waits does not start any more. @returns how many */
  async drop(tx: Tx, scheduleIds: string[], note: string): Promise<number> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE schedule_firing SET state = 'dropped', note = $2, changed_at = clock_timestamp()
       WHERE schedule_id = ANY($1) AND state = 'waiting'`,
      [scheduleIds, note],
    );
    return count;
  }

  /** Leaves out scheduled firings that wait behind `limit` others of their schedule. */
  async skipBeyond(tx: Tx, scheduleIds: string[], limit: number, note: string): Promise<void> {
    await tx.query(
      `UPDATE schedule_firing f SET state = 'skipped', note = $3, changed_at = clock_timestamp()
       FROM unnest($1::uuid[]) AS s (id) CROSS JOIN LATERAL (
         SELECT key FROM schedule_firing WHERE schedule_id = s.id AND state = 'waiting' AND kind = 'schedule'
         ORDER BY nominal_at, key OFFSET $2) late
       WHERE f.key = late.key`,
      [scheduleIds, limit, note],
    );
  }

  /** Notes which runs have ended, or are not kept any more. */
  async settle(tx: Tx): Promise<void> {
    await tx.query(
      `UPDATE schedule_firing f SET state = 'done', changed_at = clock_timestamp()
       WHERE f.state = 'running' AND NOT EXISTS (SELECT 1 FROM run r WHERE r.id = f.run_id AND r.ended_at IS NULL)`,
    );
  }

  /** Forgets what is over for longer than `days`. The key of a run is kept with the runs: it never starts again. */
  async forget(tx: Tx, days: number): Promise<void> {
    await tx.query(
      `DELETE FROM schedule_firing WHERE changed_at < clock_timestamp() - $1 * interval '1 day'
         AND state NOT IN ('waiting', 'running')`,
      [days],
    );
  }

  async find(tx: Tx, key: string): Promise<FiringRow | undefined> {
    const rows = await tx.query<FiringRow[]>(`SELECT ${columns} FROM schedule_firing f WHERE f.key = $1`, [key]);
    return rows[0];
  }

  /** Newest first. */
  list(
    tx: Tx,
    scheduleId: string,
    before: { nominalAt: string; key: string } | undefined,
    limit: number,
  ): Promise<ShownFiring[]> {
    return tx.query<ShownFiring[]>(
      `SELECT ${columns}, r.status AS "runStatus" FROM schedule_firing f LEFT JOIN run r ON r.id = f.run_id
       WHERE f.schedule_id = $1 AND ($2::timestamptz IS NULL OR (f.nominal_at, f.key) < ($2, $3))
       ORDER BY f.nominal_at DESC, f.key DESC LIMIT $4`,
      [scheduleId, before?.nominalAt ?? null, before?.key ?? null, limit],
    );
  }

  /** The newest firing of each schedule that has one. */
  newest(tx: Tx, scheduleIds: string[]): Promise<ShownFiring[]> {
    return tx.query<ShownFiring[]>(
      `SELECT ${columns}, r.status AS "runStatus" FROM unnest($1::uuid[]) AS s (id) CROSS JOIN LATERAL (
         SELECT * FROM schedule_firing WHERE schedule_id = s.id ORDER BY nominal_at DESC, key DESC LIMIT 1) f
       LEFT JOIN run r ON r.id = f.run_id`,
      [scheduleIds],
    );
  }

  /** How many firings of each schedule wait, and how many have a run that is still going. */
  counts(tx: Tx, scheduleIds: string[]): Promise<{ scheduleId: string; waiting: number; running: number }[]> {
    return tx.query(
      `SELECT f.schedule_id AS "scheduleId", (count(*) FILTER (WHERE f.state = 'waiting'))::int AS waiting,
         (count(*) FILTER (WHERE f.state = 'running' AND r.ended_at IS NULL AND r.id IS NOT NULL))::int AS running
       FROM schedule_firing f LEFT JOIN run r ON r.id = f.run_id
       WHERE f.schedule_id = ANY($1) AND f.state IN ('waiting', 'running') GROUP BY f.schedule_id`,
      [scheduleIds],
    );
  }
}

function valuesOf(firings: NewFiring[]): unknown[] {
  return [
    firings.map(({ key }) => key),
    firings.map(({ scheduleId }) => scheduleId),
    firings.map(({ nominalAt }) => nominalAt),
    firings.map(({ kind }) => kind),
    firings.map(({ overlap }) => overlap),
  ];
}
