import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { Tx } from '../database/unit-of-work.service.js';
import type { DueDelivery } from './notification-body.js';
import type { Delivery } from './notification.types.js';

const keptDays = 30;

/** A delivery as it goes out. */
export interface Parcel {
  id: string;
  /** `null` where the transaction that made its job came to nothing: there will be another. */
  body: string | null;
  /** Number of the sending, from 0: one more each time somebody sends it again. */
  sends: number;
  delivered_at: Date | null;
  notification_id: string;
  project_id: string;
  name: string;
  url: string;
  is_on: boolean;
  /** Sealed. */
  secret: string;
}

const shown = `id, event, run_id AS "runId", tries, status, error, created_at AS "createdAt", delivered_at AS "deliveredAt",
  CASE WHEN delivered_at IS NOT NULL THEN 'delivered' WHEN failed_at IS NOT NULL THEN 'failed' ELSE 'pending' END AS state`;

/** Table `notification_delivery`. */
@Injectable()
export class DeliveriesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. `before`: only those that are older than this one. */
  findPage(notificationId: string, before: string | undefined, limit: number): Promise<Delivery[]> {
    return this.database.query<Delivery>(
      `SELECT ${shown} FROM notification_delivery WHERE notification_id = $1
         AND ($2::uuid IS NULL OR (created_at, id) < (SELECT created_at, id FROM notification_delivery WHERE id = $2))
       ORDER BY created_at DESC, id DESC LIMIT $3`,
      [notificationId, before ?? null, limit],
    );
  }

  async insertTest(id: string, notificationId: string, body: string): Promise<Delivery> {
    const rows = await this.database.query<Delivery>(
      `INSERT INTO notification_delivery (id, notification_id, event, body, queued_at) VALUES ($1, $2, 'test', $3, now())
       RETURNING ${shown}`,
      [id, notificationId, body],
    );
    return rows[0]!;
  }

  /** Those of which no job was made yet; nobody else gets them while the transaction is open. */
  takeDue(tx: Tx, limit: number): Promise<DueDelivery[]> {
    return tx.query<DueDelivery[]>(
      `SELECT d.id, d.event, d.created_at, d.step_key, r.id AS run_id, r.status, r.workflow_id, r.workflow_name, r.version,
         r.parent_run_id, r.created_at AS run_created_at, r.started_at, r.ended_at, r.error, w.id AS wait_id, w.request, w.until
       FROM notification_delivery d LEFT JOIN run r ON r.id = d.run_id
         LEFT JOIN run_wait w ON w.run_id = d.run_id AND w.step_key = d.step_key AND w.kind = 'approval'
       WHERE d.queued_at IS NULL ORDER BY d.created_at LIMIT $1 FOR UPDATE OF d SKIP LOCKED`,
      [limit],
    );
  }

  async noteQueued(tx: Tx, id: string, body: string): Promise<void> {
    await tx.query('UPDATE notification_delivery SET body = $2, queued_at = now() WHERE id = $1', [id, body]);
  }

  /** Nobody is told about runs that were deleted. */
  async drop(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM notification_delivery WHERE id = $1', [id]);
  }

  /** Waits for the transaction that makes its job, which may not be over when the job begins. */
  async findParcel(id: string): Promise<Parcel | undefined> {
    const [parcel] = await this.database.query<Parcel>(
      `SELECT d.id, d.body, d.sends, d.delivered_at, d.notification_id, n.project_id, n.name, n.url, n.is_on, n.secret
       FROM notification_delivery d JOIN notification n ON n.id = d.notification_id WHERE d.id = $1
       FOR SHARE OF d`,
      [id],
    );
    return parcel;
  }

  async noteDelivered(id: string, status: number): Promise<void> {
    await this.database.query(
      `UPDATE notification_delivery SET tries = tries + 1, status = $2, error = NULL, delivered_at = now(), failed_at = NULL
       WHERE id = $1`,
      [id, status],
    );
  }

  async noteFailed(id: string, status: number | null, error: string, isLast: boolean): Promise<void> {
    await this.database.query(
      `UPDATE notification_delivery SET tries = tries + 1, status = $2, error = $3,
         failed_at = CASE WHEN $4::bool THEN now() END WHERE id = $1`,
      [id, status, error, isLast],
    );
  }

  /** @returns how often it was sent again by now; `undefined` where it is not there */
  async sendAgain(notificationId: string, id: string): Promise<{ delivery: Delivery; sends: number } | undefined> {
    const [row] = await this.database.query<Delivery & { sends: number }>(
      `UPDATE notification_delivery SET sends = sends + 1, delivered_at = NULL, failed_at = NULL
       WHERE notification_id = $1 AND id = $2 AND body IS NOT NULL RETURNING ${shown}, sends`,
      [notificationId, id],
    );
    if (row === undefined) return undefined;
    const { sends, ...delivery } = row;
    return { delivery, sends };
  }

  async forgetOld(): Promise<void> {
    await this.database.query(
      `DELETE FROM notification_delivery WHERE created_at < now() - ${keptDays} * interval '1 day'`,
    );
  }
}
