import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.service.js';
import type { MissedTimes } from './due-times.js';
import type { ScheduleRow } from './schedule.types.js';

const columns = `s.id, s.project_id AS "projectId", s.workflow_id AS "workflowId", w.name AS "workflowName",
  s.node_id AS "nodeId", s.node_name AS "nodeName", s.version, s.settings::json AS settings, s.is_armed AS "isArmed",
  s.next_at AS "nextAt", s.advanced_at AS "advancedAt", s.paused_at AS "pausedAt", s.paused_by AS "pausedBy",
  s.pause_note AS "pauseNote", s.missed_count AS "missedCount", s.missed_from AS "missedFrom", s.missed_to AS "missedTo"`;
const table = 'schedule s JOIN workflow w ON w.id = s.workflow_id';

/** How far the times of a schedule were taken up. */
export interface Advance {
  id: string;
  next: number | undefined;
  missed?: MissedTimes;
}

/** A node that is to be armed. */
export type ArmedNode = Pick<
  ScheduleRow,
  'id' | 'projectId' | 'workflowId' | 'nodeId' | 'nodeName' | 'version' | 'settings'
> & { nextAt: number | undefined };

@Injectable()
export class SchedulesRepository {
  /**
   * Schedules with a time that has come, or that were advanced by a clock which was ahead. Those that another process has
   * in hand are left out.
   */
  lockDue(tx: Tx, now: Date, wentBackBefore: Date, limit: number): Promise<ScheduleRow[]> {
    return tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table}
       WHERE s.is_armed AND s.paused_at IS NULL AND (s.next_at <= $1 OR s.advanced_at > $2)
       ORDER BY s.next_at LIMIT $3 FOR NO KEY UPDATE OF s SKIP LOCKED`,
      [now, wentBackBefore, limit],
    );
  }

  /**
   * Schedules with firings that may start. While paused, only what a person asked for may. None is put off for more than a
   * minute: where one seems to be, the clock went back.
   */
  lockWaiting(tx: Tx, now: Date, limit: number): Promise<ScheduleRow[]> {
    return tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table}
       WHERE s.is_armed AND s.id IN (
         SELECT f.schedule_id FROM schedule_firing f JOIN schedule o ON o.id = f.schedule_id
         WHERE f.state = 'waiting' AND (f.retry_at <= $1 OR f.retry_at > $1::timestamptz + interval '2 minutes') AND (o.paused_at IS NULL OR f.kind <> 'schedule'))
       LIMIT $2 FOR NO KEY UPDATE OF s SKIP LOCKED`,
      [now, limit],
    );
  }

  async lock(tx: Tx, id: string): Promise<ScheduleRow | undefined> {
    const rows = await tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table} WHERE s.id = $1 FOR NO KEY UPDATE OF s`,
      [id],
    );
    return rows[0];
  }

  lockOf(tx: Tx, workflowId: string): Promise<ScheduleRow[]> {
    return tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table} WHERE s.workflow_id = $1 ORDER BY s.id FOR NO KEY UPDATE OF s`,
      [workflowId],
    );
  }

  async find(tx: Tx, projectId: string, id: string): Promise<ScheduleRow | undefined> {
    const rows = await tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table} WHERE s.project_id = $1 AND s.id = $2`,
      [projectId, id],
    );
    return rows[0];
  }

  list(
    tx: Tx,
    { projectId, workflowId, all, after }: { projectId: string; workflowId?: string; all: boolean; after?: string },
    limit: number,
  ): Promise<ScheduleRow[]> {
    return tx.query<ScheduleRow[]>(
      `SELECT ${columns} FROM ${table}
       WHERE s.project_id = $1 AND ($2::uuid IS NULL OR s.workflow_id = $2) AND (s.is_armed OR $3)
         AND ($4::uuid IS NULL OR s.id > $4)
       ORDER BY s.id LIMIT $5`,
      [projectId, workflowId ?? null, all, after ?? null, limit],
    );
  }

  /** Stores up to where the times of schedules were taken up. */
  async advance(tx: Tx, advances: Advance[], at: Date): Promise<void> {
    if (advances.length === 0) return;
    const date = (time: number | undefined) => (time === undefined ? null : new Date(time));
    await tx.query(
      `UPDATE schedule s SET next_at = a.next_at, advanced_at = $6, missed_count = coalesce(a.count, s.missed_count),
         missed_from = coalesce(a.missed_from, s.missed_from), missed_to = coalesce(a.missed_to, s.missed_to)
       FROM unnest($1::uuid[], $2::timestamptz[], $3::int[], $4::timestamptz[], $5::timestamptz[])
         AS a (id, next_at, count, missed_from, missed_to)
       WHERE s.id = a.id`,
      [
        advances.map(({ id }) => id),
        advances.map(({ next }) => date(next)),
        advances.map(({ missed }) => missed?.count ?? null),
        advances.map(({ missed }) => date(missed?.from)),
        advances.map(({ missed }) => date(missed?.to)),
        at,
      ],
    );
  }

  async arm(tx: Tx, node: ArmedNode, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO schedule (id, project_id, workflow_id, node_id, node_name, version, settings, is_armed, next_at, advanced_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, true, $8, $9)
       ON CONFLICT (workflow_id, node_id) DO UPDATE SET project_id = excluded.project_id, node_name = excluded.node_name,
         version = excluded.version, settings = excluded.settings, is_armed = true, next_at = excluded.next_at,
         advanced_at = excluded.advanced_at`,
      [
        node.id,
        node.projectId,
        node.workflowId,
        node.nodeId,
        node.nodeName,
        node.version,
        JSON.stringify(node.settings),
        node.nextAt === undefined ? null : new Date(node.nextAt),
        now,
      ],
    );
  }

  async disarm(tx: Tx, ids: string[]): Promise<void> {
    await tx.query('UPDATE schedule SET is_armed = false, next_at = NULL WHERE id = ANY($1)', [ids]);
  }

  async pause(tx: Tx, id: string, at: Date, by: string, note: string | null): Promise<void> {
    await tx.query('UPDATE schedule SET paused_at = $2, paused_by = $3, pause_note = $4 WHERE id = $1', [
      id,
      at,
      by,
      note,
    ]);
  }

  async resume(tx: Tx, id: string): Promise<void> {
    await tx.query('UPDATE schedule SET paused_at = NULL, paused_by = NULL, pause_note = NULL WHERE id = $1', [id]);
  }

  /** When there is something to do next, whichever process does it; `undefined` where there is nothing. */
  async nextMoment(tx: Tx): Promise<number | undefined> {
    const rows = await tx.query<{ at: Date | null }[]>(
      `SELECT least(
         (SELECT min(next_at) FROM schedule WHERE is_armed AND paused_at IS NULL),
         (SELECT min(f.retry_at) FROM schedule_firing f JOIN schedule s ON s.id = f.schedule_id
          WHERE f.state = 'waiting' AND s.is_armed AND (s.paused_at IS NULL OR f.kind <> 'schedule'))) AS at`,
    );
    return rows[0]?.at?.getTime();
  }
}
