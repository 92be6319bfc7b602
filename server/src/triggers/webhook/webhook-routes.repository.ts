import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.service.js';

/** A call that a live workflow answers. */
export interface WebhookRoute {
  workflowId: string;
  projectId: string;
  version: number;
  nodeId: string;
  /** `GET`, `POST`, … or `ANY`. */
  method: string;
  path: string;
}

/** Routes of all live workflows at one moment. */
export interface RouteSnapshot {
  revision: number;
  routes: WebhookRoute[];
}

/** Another workflow that answers the same call. */
export interface RouteOwner {
  workflowId: string;
  workflowName: string;
  method: string;
}

@Injectable()
export class WebhookRoutesRepository {
  /** Puts this change after all others until the transaction ends, and tells processes to read the routes again. */
  async beginChange(tx: Tx): Promise<void> {
    await tx.query('UPDATE webhook_route_state SET revision = revision + 1');
  }

  async removeOf(tx: Tx, workflowId: string): Promise<void> {
    await tx.query('DELETE FROM webhook_route WHERE workflow_id = $1', [workflowId]);
  }

  /** Who answers this method, or any method where `ANY` is wanted, under an equal path. */
  findOwners(tx: Tx, pathKey: string, method: string): Promise<RouteOwner[]> {
    return tx.query<RouteOwner[]>(
      `SELECT r.workflow_id AS "workflowId", w.name AS "workflowName", r.method
       FROM webhook_route r JOIN workflow w ON w.id = r.workflow_id
       WHERE r.path_key = $1 AND ($2 = 'ANY' OR r.method IN ($2, 'ANY'))`,
      [pathKey, method],
    );
  }

  async insert(tx: Tx, route: WebhookRoute, pathKey: string): Promise<void> {
    await tx.query(
      `INSERT INTO webhook_route (workflow_id, node_id, project_id, version, method, path, path_key)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [route.workflowId, route.nodeId, route.projectId, route.version, route.method, route.path, pathKey],
    );
  }

  async revision(tx: Tx): Promise<number> {
    const rows = await tx.query<{ revision: number }[]>('SELECT revision::int AS revision FROM webhook_route_state');
    return rows[0]!.revision;
  }

  /** Revision and routes of the same moment. */
  async snapshot(tx: Tx): Promise<RouteSnapshot> {
    const rows = await tx.query<(WebhookRoute & { revision: number })[]>(
      `SELECT s.revision::int AS revision, r.workflow_id AS "workflowId", r.project_id AS "projectId", r.version,
         r.node_id AS "nodeId", r.method, r.path
       FROM webhook_route_state s LEFT JOIN webhook_route r ON true`,
    );
    const routes = rows.filter((row) => row.workflowId !== null);
    return { revision: rows[0]!.revision, routes };
  }
}
