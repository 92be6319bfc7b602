import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import type { WorkflowVersionRow } from './workflow-rows.types.js';

const head = `number, hash, published_at AS "publishedAt",
  (SELECT coalesce(nullif(u.name, ''), u.email) FROM app_user u WHERE u.id = published_by) AS "publishedBy",
  note`;

@Injectable()
export class WorkflowVersionsRepository {
  /** Newest first, without the documents. */
  list(tx: Tx, workflowId: string): Promise<Omit<WorkflowVersionRow, 'document'>[]> {
    return tx.query(`SELECT ${head} FROM workflow_version WHERE workflow_id = $1 ORDER BY number DESC`, [workflowId]);
  }

  async find(tx: Tx, workflowId: string, number: number): Promise<WorkflowVersionRow | undefined> {
    const rows = await tx.query<WorkflowVersionRow[]>(
      `SELECT ${head}, document FROM workflow_version WHERE workflow_id = $1 AND number = $2`,
      [workflowId, number],
    );
    return rows[0];
  }

  async findNewest(tx: Tx, workflowId: string): Promise<Omit<WorkflowVersionRow, 'document'> | undefined> {
    const rows = await tx.query<WorkflowVersionRow[]>(
      `SELECT ${head} FROM workflow_version WHERE workflow_id = $1 ORDER BY number DESC LIMIT 1`,
      [workflowId],
    );
    return rows[0];
  }

  /** Answers whether there is such a version. */
  async setNote(tx: Tx, workflowId: string, number: number, note: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      'UPDATE workflow_version SET note = $3 WHERE workflow_id = $1 AND number = $2',
      [workflowId, number, note],
    );
    return count > 0;
  }

  async insert(
    tx: Tx,
    workflowId: string,
    version: Pick<WorkflowVersionRow, 'number' | 'document' | 'hash' | 'note'>,
    userId: string,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO workflow_version (workflow_id, number, document, hash, note, published_by) VALUES ($1, $2, $3, $4, $5, $6)`,
      [workflowId, version.number, version.document, version.hash, version.note, userId],
    );
  }
}
