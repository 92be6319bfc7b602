import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import type { EditingTurn, EditorTab } from './editing-turn.js';

interface EditingRow {
  revision: number;
  /** Time of the database, so that servers need not agree on theirs. */
  now: Date;
  userId: string | null;
  tab: string;
  seenAt: Date;
  activeAt: Date;
  askedBy: string | null;
  askedTab: string;
  askedAt: Date;
}

/** A workflow and whose turn it is to edit it. */
export interface WorkflowTurn {
  revision: number;
  now: Date;
  turn: EditingTurn | undefined;
}

@Injectable()
export class WorkflowEditingRepository {
  /** Nobody else changes the turn until the transaction ends; saves of the draft go on. */
  async findLocked(tx: Tx, projectId: string, workflowId: string): Promise<WorkflowTurn | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('workflow_editing:' || $1, 0))`, [workflowId]);
    const rows = await tx.query<EditingRow[]>(
      `SELECT w.revision, clock_timestamp() AS now, e.user_id AS "userId", e.tab, e.seen_at AS "seenAt",
         e.active_at AS "activeAt", e.asked_by AS "askedBy", e.asked_tab AS "askedTab", e.asked_at AS "askedAt"
       FROM workflow w LEFT JOIN workflow_editing e ON e.workflow_id = w.id WHERE w.id = $1 AND w.project_id = $2`,
      [workflowId, projectId],
    );
    return rows[0] && { revision: rows[0].revision, now: rows[0].now, turn: turnOf(rows[0]) };
  }

  async save(tx: Tx, workflowId: string, { userId, tab, seenAt, activeAt, asked }: EditingTurn): Promise<void> {
    await tx.query(
      `INSERT INTO workflow_editing (workflow_id, user_id, tab, seen_at, active_at, asked_by, asked_tab, asked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (workflow_id) DO UPDATE SET user_id = $2, tab = $3, seen_at = $4, active_at = $5, asked_by = $6,
         asked_tab = $7, asked_at = $8`,
      [workflowId, userId, tab, seenAt, activeAt, asked?.userId ?? null, asked?.tab ?? null, asked?.at ?? null],
    );
  }

  /** Counts a tab as silent for `silentMs` already. */
  async age(tx: Tx, { userId, tab }: EditorTab, workflowId: string, silentMs: number): Promise<void> {
    await tx.query(
      `UPDATE workflow_editing SET seen_at = least(seen_at, clock_timestamp() - $4 * interval '1 millisecond')
       WHERE workflow_id = $1 AND user_id = $2 AND tab = $3`,
      [workflowId, userId, tab, silentMs],
    );
  }
}

function turnOf(row: EditingRow): EditingTurn | undefined {
  if (row.userId === null) return undefined;
  const { userId, tab, seenAt, activeAt } = row;
  const asked = row.askedBy === null ? undefined : { userId: row.askedBy, tab: row.askedTab, at: row.askedAt };
  return { userId, tab, seenAt, activeAt, asked };
}
