import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/unit-of-work.service.js';

/** A wait for people, its run, and what was decided. */
export interface ApprovalRecord {
  id: string;
  run_id: string;
  step_key: string;
  node_id: string;
  /** `ApprovalRequest` as JSON. */
  request: string;
  until: Date | null;
  created_at: Date;
  resolved_at: Date | null;
  resolved_by: string | null;
  notices: number;
  project_id: string;
  workflow_id: string | null;
  workflow_name: string;
  mode: 'production' | 'test';
  ended_at: Date | null;
  resume_secret: string;
  /** Decisions as JSON, oldest first. */
  decisions: string[];
}

const columns = `w.id, w.run_id, w.step_key, w.node_id, w.request, w.until, w.created_at, w.resolved_at, w.resolved_by, w.notices,
  r.project_id, r.workflow_id, r.workflow_name, r.mode, r.ended_at, r.resume_secret,
  ARRAY(SELECT i.body FROM run_inbox i WHERE i.run_id = w.run_id AND i.step_key = w.step_key AND i.kind = 'decision'
    ORDER BY i.created_at, i.id) AS decisions`;
const source = `run_wait w JOIN run r ON r.id = w.run_id`;
const isOpen = 'w.resolved_at IS NULL AND r.ended_at IS NULL';

/** Reads what the engine wrote about waits for people. */
@Injectable()
export class ApprovalsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. `before`: only those that are older than this one. */
  findPage(projectId: string, open: boolean, before: string | undefined, limit: number): Promise<ApprovalRecord[]> {
    return this.database.query<ApprovalRecord>(
      `SELECT ${columns} FROM ${source} WHERE w.kind = 'approval' AND r.project_id = $1 AND ${open ? isOpen : `NOT (${isOpen})`}
         AND ($2::uuid IS NULL OR w.id < $2) ORDER BY w.id DESC LIMIT $3`,
      [projectId, before ?? null, limit],
    );
  }

  async findById(id: string): Promise<ApprovalRecord | undefined> {
    const [record] = await this.database.query<ApprovalRecord>(
      `SELECT ${columns} FROM ${source} WHERE w.kind = 'approval' AND w.id = $1`,
      [id],
    );
    return record;
  }

  async findByStep(runId: string, step: string): Promise<ApprovalRecord | undefined> {
    const [record] = await this.database.query<ApprovalRecord>(
      `SELECT ${columns} FROM ${source} WHERE w.kind = 'approval' AND w.run_id = $1 AND w.step_key = $2`,
      [runId, step],
    );
    return record;
  }

  /** Those about which mail is due; nobody else gets them while the transaction is open. */
  takeDue(tx: Tx, limit: number): Promise<ApprovalRecord[]> {
    return tx.query<ApprovalRecord[]>(
      `SELECT ${columns} FROM ${source} WHERE w.notify_at <= now() AND w.resolved_at IS NULL
       ORDER BY w.notify_at LIMIT $1 FOR UPDATE OF w SKIP LOCKED`,
      [limit],
    );
  }

  /** `againMs`: when the next mail is due, in milliseconds from now; `null`: there is none. */
  async noteNotice(tx: Tx, id: string, againMs: number | null): Promise<void> {
    await tx.query(
      `UPDATE run_wait SET notices = notices + 1, notify_at = now() + $2::float8 * interval '1 millisecond' WHERE id = $1`,
      [id, againMs],
    );
  }
}
