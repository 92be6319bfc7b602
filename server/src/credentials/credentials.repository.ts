import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import type { CredentialRow, CredentialState } from './credentials.types.js';

const columns = `id, project_id AS "projectId", name, kind, filled_fields AS "filledFields", sealed,
  max_concurrent_calls AS "maxConcurrentCalls",
  tested_at AS "testedAt", test_failure AS "testFailure",
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

  async insert(row: Omit<CredentialRow, 'createdAt' | 'updatedAt' | 'testedAt' | 'testFailure'>): Promise<void> {
    await this.database.query(
      `INSERT INTO credential (id, project_id, name, kind, filled_fields, sealed, max_concurrent_calls)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [row.id, row.projectId, row.name, row.kind, row.filledFields, row.sealed, row.maxConcurrentCalls],
    );
  }

  /** Answers false when someone else changed the row since it was read. `isOther`: its values are other ones, which nobody tested. */
  async update(
    row: CredentialRow,
    changes: Pick<CredentialRow, 'name' | 'filledFields' | 'sealed' | 'maxConcurrentCalls'>,
    isOther: boolean,
  ): Promise<boolean> {
    const changed = await this.database.query(
      `UPDATE credential SET name = $3, filled_fields = $4, sealed = $5, max_concurrent_calls = $7, updated_at = now(),
         tested_at = CASE WHEN $8 THEN NULL ELSE tested_at END, test_failure = CASE WHEN $8 THEN NULL ELSE test_failure END
       WHERE project_id = $1 AND id = $2 AND sealed = $6 RETURNING id`,
      [
        row.projectId,
        row.id,
        changes.name,
        changes.filledFields,
        changes.sealed,
        row.sealed,
        changes.maxConcurrentCalls,
        isOther,
      ],
    );
    return changed.length === 1;
  }

  /** Of the values that were tested: those of another text were not. */
  async noteTest(row: Pick<CredentialRow, 'projectId' | 'id' | 'sealed'>, failure: string | null): Promise<void> {
    await this.database.query(
      `UPDATE credential SET tested_at = now(), test_failure = $4 WHERE project_id = $1 AND id = $2 AND sealed = $3`,
      [row.projectId, row.id, row.sealed, failure],
    );
  }

  /** Those of the project among these. */
  async findStates(tx: Tx, projectId: string, ids: readonly string[]): Promise<CredentialState[]> {
    return tx.query<CredentialState[]>(
      `SELECT id, name, test_failure IS NOT NULL AS "isFailing" FROM credential WHERE project_id = $1 AND id::text = ANY($2::text[])`,
      [projectId, ids],
    );
  }

  async delete(projectId: string, id: string): Promise<void> {
    await this.database.query('DELETE FROM credential WHERE project_id = $1 AND id::text = $2', [projectId, id]);
  }

  /** Live workflows of the project whose document names the credential. */
  findLiveUses(projectId: string, id: string): Promise<{ id: string; name: string }[]> {
    return this.database.query(liveUses, [projectId, id]);
  }

  /** Those of all projects that another key sealed. */
  findSealedOtherwise(keyId: string): Promise<Pick<CredentialRow, 'id' | 'projectId' | 'sealed'>[]> {
    const sql = `SELECT id, project_id AS "projectId", sealed FROM credential WHERE split_part(sealed, '.', 2) <> $1`;
    return this.database.query(sql, [keyId]);
  }

  /** Puts the same text under another key; does nothing where it was changed since it was read. */
  async reseal(id: string, before: string, after: string): Promise<void> {
    await this.database.query('UPDATE credential SET sealed = $3 WHERE id = $1 AND sealed = $2', [id, before, after]);
  }

  async resealCanary(before: string, after: string): Promise<void> {
    await this.database.query('UPDATE credential_canary SET sealed = $2 WHERE sealed = $1', [before, after]);
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
