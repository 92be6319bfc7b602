import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import type { DraftAuthors } from './draft-authors.js';
import type { WorkflowRow } from './workflow-rows.types.js';

const columns = `id, project_id AS "projectId", name, draft, revision, live_version AS "liveVersion",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** A row of the list, without the document. */
export type WorkflowListRow = Omit<WorkflowRow, 'draft' | 'projectId'> & {
  sortKey: string;
  folder: string;
  tags: string[];
  owner: string | null;
  /** Where it may name credentials. */
  draft: string | null;
};

/** Which workflows a list shows. */
export interface WorkflowFilter {
  /** Part of the name; `''` is any. */
  q: string;
  /** The folder, those within it included; `undefined` is any. */
  folder?: string | undefined;
  tag?: string | undefined;
  live?: boolean | undefined;
}

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
      `INSERT INTO workflow (id, project_id, name, draft, updated_by, created_by) VALUES ($1, $2, $3, $4, $5, $5)
       RETURNING ${columns}`,
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

  /** Name of the person who saved the draft last. */
  async lastSavedBy(tx: Tx, id: string): Promise<string | undefined> {
    const rows = await tx.query<{ name: string }[]>(
      `SELECT coalesce(nullif(u.name, ''), u.email) AS name
       FROM workflow w JOIN app_user u ON u.id = w.updated_by WHERE w.id = $1`,
      [id],
    );
    return rows[0]?.name;
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

  /** Newest change first. */
  findPage(
    tx: Tx,
    projectId: string,
    { q, folder, tag, live }: WorkflowFilter,
    after: ListPosition | undefined,
    limit: number,
  ): Promise<WorkflowListRow[]> {
    return tx.query<WorkflowListRow[]>(
      `SELECT id, name, revision, live_version AS "liveVersion", created_at AS "createdAt", updated_at AS "updatedAt",
         updated_at::text AS "sortKey", folder, tags,
         (SELECT coalesce(nullif(u.name, ''), u.email) FROM app_user u WHERE u.id = created_by) AS owner,
         CASE WHEN position('"credentials"' IN draft) > 0 THEN draft END AS draft
       FROM workflow
       WHERE project_id = $1 AND ($2 = '' OR position(lower($2) IN lower(name)) > 0)
         AND ($6::text IS NULL OR folder = $6 OR starts_with(folder, $6 || '/'))
         AND ($7::text IS NULL OR $7 = ANY(tags))
         AND ($8::boolean IS NULL OR (live_version IS NOT NULL) = $8)
         AND ($3::timestamptz IS NULL OR (updated_at, id) < ($3::timestamptz, $4::uuid))
       ORDER BY updated_at DESC, id DESC LIMIT $5`,
      [projectId, q, after?.sortKey ?? null, after?.id ?? null, limit, folder ?? null, tag ?? null, live ?? null],
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

  /** Who changed which part of the draft since it was last published. */
  async authorsOf(tx: Tx, id: string): Promise<DraftAuthors> {
    const rows = await tx.query<{ authors: string }[]>('SELECT draft_authors AS authors FROM workflow WHERE id = $1', [
      id,
    ]);
    return JSON.parse(rows[0]?.authors ?? '{}') as DraftAuthors;
  }

  async setAuthors(tx: Tx, id: string, authors: DraftAuthors): Promise<void> {
    await tx.query('UPDATE workflow SET draft_authors = $2 WHERE id = $1', [id, JSON.stringify(authors)]);
  }

  /** Names of people, by id. */
  async namesOf(tx: Tx, userIds: string[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ id: string; name: string }[]>(
      `SELECT id, coalesce(nullif(name, ''), email) AS name FROM app_user WHERE id = ANY($1::uuid[])`,
      [userIds],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Puts a workflow into a folder, gives it tags, or both. */
  async organise(tx: Tx, id: string, folder: string | undefined, tags: string[] | undefined): Promise<void> {
    await tx.query('UPDATE workflow SET folder = coalesce($2, folder), tags = coalesce($3, tags) WHERE id = $1', [
      id,
      folder ?? null,
      tags ?? null,
    ]);
  }

  /** Folders and tags in use, by name, with how many workflows each holds. */
  async labels(tx: Tx, projectId: string): Promise<Record<'folders' | 'tags', { name: string; count: number }[]>> {
    const [folders, tags] = await Promise.all([
      tx.query<{ name: string; count: number }[]>(
        `SELECT folder AS name, count(*)::int AS count FROM workflow
         WHERE project_id = $1 AND folder <> '' GROUP BY folder ORDER BY folder`,
        [projectId],
      ),
      tx.query<{ name: string; count: number }[]>(
        `SELECT tag AS name, count(*)::int AS count FROM workflow, unnest(tags) AS tag
         WHERE project_id = $1 GROUP BY tag ORDER BY tag`,
        [projectId],
      ),
    ]);
    return { folders, tags };
  }

  async setLiveVersion(tx: Tx, id: string, version: number | null): Promise<void> {
    await tx.query('UPDATE workflow SET live_version = $2 WHERE id = $1', [id, version]);
  }

  async delete(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM workflow WHERE id = $1', [id]);
  }
}
