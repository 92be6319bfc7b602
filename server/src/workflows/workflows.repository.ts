import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import type { WorkflowRow } from './workflow-rows.types.js';

const columns = `id, project_id AS "projectId", name, draft, revision, live_version AS "liveVersion",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** A row of the list, without the document. */
export type WorkflowListRow = Omit<WorkflowRow, 'draft' | 'projectId'> & { sortKey: string };

/** Where a page of the list starts: after this row. */
export interface ListPosition {
  sortKey: string;
  id: string;
}

@Injectable()
export class WorkflowsRepository {
  async insert(
    tx: Tx,
    row: Pick<WorkflowRow, 'id' | 'projectId' | 'name' | 'draft'>,
    userId: string,
  ): Promise<WorkflowRow> {
    const rows = await tx.query<WorkflowRow[]>(
      `INSERT INTO workflow (id, project_id, name, draft, updated_by) VALUES ($1, $2, $3, $4, $5) RETURNING ${columns}`,
      [row.id, row.projectId, row.name, row.draft, userId],
    );
    return rows[0]!;
  }

  async findById(tx: Tx, projectId: string, id: string): Promise<WorkflowRow | undefined> {
    const rows = await tx.query<WorkflowRow[]>(`SELECT ${columns} FROM workflow WHERE id = $1 AND project_id = $2`, [
      id,
      projectId,
    ]);
    return rows[0];
  }

  /** Those of the given workflows that are in the project. */
  findNames(tx: Tx, projectId: string, ids: string[]): Promise<Pick<WorkflowRow, 'id' | 'name' | 'liveVersion'>[]> {
    return tx.query(
      `SELECT id, name, live_version AS "liveVersion" FROM workflow WHERE project_id = $1 AND id = ANY($2::uuid[])`,
      [projectId, ids],
    );
  }

  /** Nobody else changes the row until the transaction ends. */
  async findByIdLocked(tx: Tx, projectId: string, id: string): Promise<WorkflowRow | undefined> {
    const rows = await tx.query<WorkflowRow[]>(
      `SELECT ${columns} FROM workflow WHERE id = $1 AND project_id = $2 FOR UPDATE`,
      [id, projectId],
    );
    return rows[0];
  }

  /** Newest change first. `q` is looked for in the name. */
  findPage(
    tx: Tx,
    projectId: string,
    q: string,
    after: ListPosition | undefined,
    limit: number,
  ): Promise<WorkflowListRow[]> {
    return tx.query<WorkflowListRow[]>(
      `SELECT id, name, revision, live_version AS "liveVersion", created_at AS "createdAt", updated_at AS "updatedAt",
         updated_at::text AS "sortKey"
       FROM workflow
       WHERE project_id = $1 AND ($2 = '' OR position(lower($2) IN lower(name)) > 0)
         AND ($3::timestamptz IS NULL OR (updated_at, id) < ($3::timestamptz, $4::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT $5`,
      [projectId, q, after?.sortKey ?? null, after?.id ?? null, limit],
    );
  }

  async replaceDraft(tx: Tx, id: string, name: string, draft: string, userId: string): Promise<WorkflowRow> {
    const [rows] = await tx.query<[WorkflowRow[], number]>(
      `UPDATE workflow SET name = $2, draft = $3, revision = revision + 1, updated_at = now(), updated_by = $4
       WHERE id = $1 RETURNING ${columns}`,
      [id, name, draft, userId],
    );
    return rows[0]!;
  }

  async setLiveVersion(tx: Tx, id: string, version: number | null): Promise<void> {
    await tx.query('UPDATE workflow SET live_version = $2 WHERE id = $1', [id, version]);
  }

  async delete(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM workflow WHERE id = $1', [id]);
  }
}
