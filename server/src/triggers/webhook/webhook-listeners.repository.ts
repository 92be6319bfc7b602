import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.service.js';

/** An editor that waits for one call of a webhook of a draft. */
export interface WebhookListener {
  id: string;
  workflowId: string;
  projectId: string;
  nodeId: string;
  method: string;
  path: string;
}

const columns = `id, workflow_id AS "workflowId", project_id AS "projectId", node_id AS "nodeId", method, path`;

@Injectable()
export class WebhookListenersRepository {
  constructor(private readonly database: Database) {}

  /** Listens for `forMs`; a listener of the same node is replaced. Returns when it stops. */
  async add(listener: WebhookListener, forMs: number): Promise<Date> {
    const [row] = await this.database.query<{ expires_at: Date }>(
      `INSERT INTO webhook_listener (id, workflow_id, node_id, project_id, method, path, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 millisecond')
       ON CONFLICT (workflow_id, node_id) DO UPDATE SET id = excluded.id, method = excluded.method, path = excluded.path,
         expires_at = excluded.expires_at
       RETURNING expires_at`,
      [listener.id, listener.workflowId, listener.nodeId, listener.projectId, listener.method, listener.path, forMs],
    );
    return row!.expires_at;
  }

  /** Newest first, so that who listened last hears the call. */
  findOpen(): Promise<WebhookListener[]> {
    return this.database.query<WebhookListener>(
      `SELECT ${columns} FROM webhook_listener WHERE expires_at > clock_timestamp() ORDER BY expires_at DESC`,
    );
  }

  /** Takes a listener: only one call gets `true`. Old ones go as well. */
  async take(id: string): Promise<boolean> {
    const taken = await this.database.query(
      'DELETE FROM webhook_listener WHERE id = $1 AND expires_at > clock_timestamp() RETURNING id',
      [id],
    );
    await this.database.query('DELETE FROM webhook_listener WHERE expires_at <= clock_timestamp()');
    return taken.length === 1;
  }
}
