import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/unit-of-work.service.js';
import type { RunStatus } from './run.types.js';

/** A run that is to be deleted, as it stands. */
export interface RemovableRun {
  id: string;
  status: RunStatus;
  hasEnded: boolean;
  /** A run that is going and may read what this one stored: a retry of it, its caller, a run it called. */
  usedBy: string | null;
  /** The step of a node that could not undo, about which a person is asked. */
  undoOpen: string | null;
}

/** Everything that is kept of a run in rows, the run itself last. Bytes in the data store are not among them. */
const tables = ['run_event', 'run_step', 'run_data', 'run_file', 'run_wait', 'run_inbox', 'run_key'];

/** What of `r` could not be undone and is a person's to decide. */
export const openUndo = `SELECT w.step_key FROM run_wait w
  WHERE w.run_id = r.id AND w.kind = 'compensation' AND w.resolved_at IS NULL LIMIT 1`;

/** A going run of the family of `r`: one that shares its root. */
export const goingRelative = `SELECT o.id FROM run o WHERE o.ended_at IS NULL AND o.id <> r.id
  AND (o.id = r.root_run_id OR (o.root_run_id = r.root_run_id AND o.root_run_id <> o.id)) LIMIT 1`;

/** Takes runs out of the tables. */
@Injectable()
export class RunRemovalRepository {
  /** The runs of a project among `ids`, held until the transaction ends: nobody else deletes or changes them meanwhile. */
  lock(tx: Tx, projectId: string, ids: readonly string[]): Promise<RemovableRun[]> {
    return tx.query<RemovableRun[]>(
      `SELECT r.id, r.status, r.ended_at IS NOT NULL AS "hasEnded", (${goingRelative}) AS "usedBy",
         (${openUndo}) AS "undoOpen"
       FROM run r WHERE r.project_id = $1 AND r.id = ANY($2) ORDER BY r.id FOR UPDATE OF r`,
      [projectId, ids],
    );
  }

  /** Deletes every row of these runs, whatever state they are in. */
  async delete(tx: Tx, ids: readonly string[]): Promise<void> {
    // What core.dedupe remembered within a run goes with it; what it remembers over the runs of a workflow stays.
    await tx.query(
      `DELETE FROM run_seen WHERE scope IN (SELECT 'run:' || run_id || ':' || node_id FROM run_step WHERE run_id = ANY($1))`,
      [ids],
    );
    for (const table of tables) await tx.query(`DELETE FROM ${table} WHERE run_id = ANY($1)`, [ids]);
    await tx.query('DELETE FROM run WHERE id = ANY($1)', [ids]);
  }
}
