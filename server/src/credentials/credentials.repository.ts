import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { CredentialRow } from './credentials.types.js';

const columns = `id, project_id AS "projectId", name, kind, filled_fields AS "filledFields", sealed,
  max_concurrent_calls AS "maxConcurrentCalls",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Table `credential`, always within a project, and its canary. */
@Injectable()
export class CredentialsRepository {
  constructor(private readonly database: Database) {}

  findAll(projectId: string): Promise<CredentialRow[]> {
    const sql = `SELECT ${columns} FROM credential WHERE project_id = $1 ORDER BY name, id`;
    return this.database.query<CredentialRow>(sql, [projectId]);
  }

  async findById(projectId: string, id: string): Promise<CredentialRow | undefined> {
    const sql = `SELECT ${columns} FROM credential WHERE project_id = $1 AND id::text = $2`;
    return (await this.database.query<CredentialRow>(sql, [projectId, id]))[0];
  }

  async insert(row: Omit<CredentialRow, 'createdAt' | 'updatedAt'>): Promise<void> {
    await this.database.query(
      `INSERT INTO credential (id, project_id, name, kind, filled_fields, sealed, max_concurrent_calls)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.projectId, row.name, row.kind, row.filledFields, row.sealed, row.maxConcurrentCalls],
    );
  }

  /** Answers false when someone else changed the row since it was read. */
  async update(
    row: CredentialRow,
    changes: Pick<CredentialRow, 'name' | 'filledFields' | 'sealed' | 'maxConcurrentCalls'>,
  ): Promise<boolean> {
    const changed = await this.database.query(
      `UPDATE credential SET name = $3, filled_fields = $4, sealed = $5, max_concurrent_calls = $7, updated_at = now()
       WHERE project_id = $1 AND id = $2 AND sealed = $6 RETURNING id`,
      [
        row.projectId,
        row.id,
        changes.name,
        changes.filledFields,
        changes.sealed,
        row.sealed,
        changes.maxConcurrentCalls,
      ],
    );
    return changed.length === 1;
  }

  async delete(projectId: string, id: string): Promise<void> {
    await this.database.query('DELETE FROM credential WHERE project_id = $1 AND id::text = $2', [projectId, id]);
  }

  /** Live workflows of the project whose document names the credential. */
  findLiveUses(projectId: string, id: string): Promise<{ id: string; name: string }[]> {
    return this.database.query(liveUses, [projectId, id]);
  }

  /** Stores the canary unless there is one; answers the one that counts. */
  async plantCanary(sealed: string): Promise<string> {
    await this.database.query('INSERT INTO credential_canary (sealed) VALUES ($1) ON CONFLICT DO NOTHING', [sealed]);
    return (await this.database.query<{ sealed: string }>('SELECT sealed FROM credential_canary'))[0]!.sealed;
  }
}

// Ids are random: a document that holds one names that credential.
const liveUses = `
  SELECT w.id, w.name FROM workflow w JOIN workflow_version v ON v.workflow_id = w.id AND v.number = w.live_version
  WHERE w.project_id = $1 AND position($2 IN v.document) > 0 ORDER BY w.name`;
