import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { CreateNotification } from './notifications.schemas.js';
import type { Notification } from './notification.types.js';

const columns = `id, name, url, events, workflow_id AS "workflowId", is_on AS "isOn",
  created_at AS "createdAt", updated_at AS "updatedAt"`;

/** Table `notification`, always within a project. */
@Injectable()
export class NotificationsRepository {
  constructor(private readonly database: Database) {}

  findAll(projectId: string): Promise<Notification[]> {
    const sql = `SELECT ${columns} FROM notification WHERE project_id = $1 ORDER BY name, id`;
    return this.database.query<Notification>(sql, [projectId]);
  }

  async findById(projectId: string, id: string): Promise<Notification | undefined> {
    const sql = `SELECT ${columns} FROM notification WHERE project_id = $1 AND id = $2`;
    return (await this.database.query<Notification>(sql, [projectId, id]))[0];
  }

  async insert(projectId: string, id: string, sealed: string, made: CreateNotification): Promise<Notification> {
    const rows = await this.database.query<Notification>(
      `INSERT INTO notification (id, project_id, secret, name, url, events, workflow_id, is_on)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${columns}`,
      [id, projectId, sealed, made.name, made.url, made.events, made.workflowId, made.isOn],
    );
    return rows[0]!;
  }

  async update(projectId: string, id: string, changed: CreateNotification): Promise<Notification | undefined> {
    const rows = await this.database.query<Notification>(
      `UPDATE notification SET name = $3, url = $4, events = $5, workflow_id = $6, is_on = $7, updated_at = now()
       WHERE project_id = $1 AND id = $2 RETURNING ${columns}`,
      [projectId, id, changed.name, changed.url, changed.events, changed.workflowId, changed.isOn],
    );
    return rows[0];
  }

  async setSecret(projectId: string, id: string, sealed: string): Promise<Notification | undefined> {
    const rows = await this.database.query<Notification>(
      `UPDATE notification SET secret = $3, updated_at = now() WHERE project_id = $1 AND id = $2 RETURNING ${columns}`,
      [projectId, id, sealed],
    );
    return rows[0];
  }

  /** All sealed secrets, of every project. */
  findSecrets(): Promise<{ id: string; projectId: string; secret: string }[]> {
    return this.database.query('SELECT id, project_id AS "projectId", secret FROM notification');
  }

  /** Replaces a sealed secret, unless somebody else has. */
  async reseal(id: string, secret: string, resealed: string): Promise<void> {
    await this.database.query('UPDATE notification SET secret = $3 WHERE id = $1 AND secret = $2', [
      id,
      secret,
      resealed,
    ]);
  }

  /** @returns whether it was there */
  async delete(projectId: string, id: string): Promise<boolean> {
    const sql = 'DELETE FROM notification WHERE project_id = $1 AND id = $2 RETURNING id';
    return (await this.database.query(sql, [projectId, id])).length > 0;
  }
}
