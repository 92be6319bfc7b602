import { Injectable } from '@nestjs/common';
import type { JsonValue } from '@wfaib/sdk/items';
import { Database } from '../database/database.service.js';
import type { Variable } from './variables.types.js';

type Row = Omit<Variable, 'value'> & { value: string };

const columns = 'id, name, value, created_at AS "createdAt", updated_at AS "updatedAt"';
const toVariable = (row: Row): Variable => ({ ...row, value: JSON.parse(row.value) as JsonValue });

/** Table `variable`, always within a project. A name that is taken answers no row. */
@Injectable()
export class VariablesRepository {
  constructor(private readonly database: Database) {}

  async findAll(projectId: string): Promise<Variable[]> {
    const sql = `SELECT ${columns} FROM variable WHERE project_id = $1 ORDER BY name`;
    return (await this.database.query<Row>(sql, [projectId])).map(toVariable);
  }

  async findById(projectId: string, id: string): Promise<Variable | undefined> {
    const sql = `SELECT ${columns} FROM variable WHERE project_id = $1 AND id = $2`;
    return (await this.database.query<Row>(sql, [projectId, id])).map(toVariable)[0];
  }

  async insert(projectId: string, { id, name, value }: Pick<Variable, 'id' | 'name' | 'value'>) {
    const rows = await this.database.query<Row>(
      `INSERT INTO variable (id, project_id, name, value) VALUES ($1, $2, $3, $4)
       ON CONFLICT (project_id, name) DO NOTHING RETURNING ${columns}`,
      [id, projectId, name, JSON.stringify(value)],
    );
    return rows.map(toVariable)[0];
  }

  async update(projectId: string, { id, name, value }: Pick<Variable, 'id' | 'name' | 'value'>) {
    const rows = await this.database.query<Row>(
      `UPDATE variable SET name = $3, value = $4, updated_at = now() WHERE project_id = $1 AND id = $2
         AND NOT EXISTS (SELECT 1 FROM variable o WHERE o.project_id = $1 AND o.name = $3 AND o.id <> $2)
       RETURNING ${columns}`,
      [projectId, id, name, JSON.stringify(value)],
    );
    return rows.map(toVariable)[0];
  }

  /** @returns whether it was there */
  async delete(projectId: string, id: string): Promise<boolean> {
    const sql = 'DELETE FROM variable WHERE project_id = $1 AND id = $2 RETURNING id';
    return (await this.database.query(sql, [projectId, id])).length > 0;
  }
}
