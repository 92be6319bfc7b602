import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.service.js';
import { UnitOfWork } from '../../database/unit-of-work.service.js';
import { Log } from '../../logging/logger.service.js';
import { WorkflowDocuments } from '../../workflows/workflow-documents.service.js';
import { HostRegistry } from '../host/host-registry.js';
import type { RunRow } from '../journal/run-row.types.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { ProcessLease } from '../process/process-lease.service.js';
import type { HostName } from '../runner/runner.types.js';

/** A run that was let go on, under a new epoch. */
interface Released {
  id: string;
  host: HostName;
  epoch: number;
}

/** Runs that wait for a place and may have one, as a condition on `run`: paused ones let others pass until they are resumed. */
export const waitsForPlace = `place = 'held' AND status <> 'paused' AND ended_at IS NULL`;

/** What is known of a run that waits for a place. */
interface Waiting {
  projectId: string;
  documentHash: string;
}

/**
 * Places of workflows with `maxConcurrentRuns`: a run has one from its begin to its end, waits and pauses included. A run is
 * created without and waits; places are given in the order in which runs were accepted, by whoever hears that one is
 * free: of all processes one at a time decides for a workflow.
 */
@Injectable()
export class RunPlaces {
  /** The latest giving that has not begun yet, by workflow: it serves all who ask meanwhile. */
  readonly #next = new Map<string, Promise<void>>();
  readonly #current = new Map<string, Promise<void>>();
  /** The limit under which this process last looked for runs that began without one, by workflow. */
  readonly #adopted = new Map<string, number>();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly documents: WorkflowDocuments,
    private readonly programs: ProgramCache,
    private readonly registry: HostRegistry,
    private readonly lease: ProcessLease,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Whether a run that `run` calls and waits for is within a run of this workflow: it works in its place then, else it
   * would wait for a run that waits for it.
   */
  async isWithin(run: RunRow, workflowId: string): Promise<boolean> {
    if (run.workflowId === workflowId) return true;
    if (run.calledBy?.isAwaited !== true || run.parentRunId === null) return false;
    const [row] = await this.database.query<{ found: boolean }>(
      `WITH RECURSIVE chain AS (
         SELECT workflow_id, parent_run_id, is_awaited FROM run WHERE id = $1
         UNION ALL SELECT r.workflow_id, r.parent_run_id, r.is_awaited FROM run r JOIN chain c ON r.id = c.parent_run_id AND c.is_awaited
       ) SELECT EXISTS (SELECT 1 FROM chain WHERE workflow_id = $2) AS found`,
      [run.parentRunId, workflowId],
    );
    return row!.found;
  }

  /** Lets runs of a workflow begin, as many as there are places. Safe to call at any time. */
  give(workflowId: string): Promise<void> {
    const known = this.#next.get(workflowId);
    if (known) return known;
    const next = (this.#current.get(workflowId) ?? Promise.resolve()).then(() => {
      this.#next.delete(workflowId);
      const current = this.#giveNow(workflowId).finally(() => {
        if (this.#current.get(workflowId) === current) this.#current.delete(workflowId);
      });
      this.#current.set(workflowId, current);
      return current;
    });
    this.#next.set(workflowId, next);
    return next;
  }

  /**
   * Gives a place to open runs that began under a version without a limit: they count from now on. Those that work in the
   * place of another run go on doing so.
   */
  async adopt(workflowIds: readonly string[]): Promise<void> {
    await this.database.query(
      `UPDATE run SET place = 'taken' WHERE place IS NULL AND ended_at IS NULL AND id IN (
         SELECT id FROM run r WHERE workflow_id = ANY($1::uuid[]) AND place IS NULL AND ended_at IS NULL AND mode = 'production'
           AND NOT (is_awaited AND EXISTS (
             WITH RECURSIVE chain AS (
               SELECT workflow_id, parent_run_id, is_awaited FROM run WHERE id = r.parent_run_id
               UNION ALL SELECT p.workflow_id, p.parent_run_id, p.is_awaited FROM run p JOIN chain c ON p.id = c.parent_run_id AND c.is_awaited
             ) SELECT FROM chain WHERE workflow_id = r.workflow_id)))`,
      [workflowIds],
    );
  }

  /** Lets one run begin although there is no place for it. */
  async exceed(runId: string): Promise<void> {
    await this.#start(await this.#release('id = $1', [runId]));
  }

  async #giveNow(workflowId: string): Promise<void> {
    try {
      const limit = await this.#limitOf(workflowId);
      if (limit === undefined) return;
      if (limit !== Infinity && this.#adopted.get(workflowId) !== limit) await this.adopt([workflowId]);
      this.#adopted.set(workflowId, limit);
      await this.#start(await this.#fill(workflowId, limit));
    } catch (error) {
      this.log.warn(
        { workflowId, error },
        'Runs that wait for their turn could not be begun; they are looked at again soon',
      );
    }
  }

  /** The limit of the live version, else that of the newest run; undefined where no run waits. */
  async #limitOf(workflowId: string): Promise<number | undefined> {
    const [waiting] = await this.database.query<Waiting>(
      `SELECT project_id AS "projectId", document_hash AS "documentHash" FROM run
       WHERE workflow_id = $1 AND ${waitsForPlace} ORDER BY id DESC LIMIT 1`,
      [workflowId],
    );
    if (!waiting) return undefined;
    const document =
      (await this.#liveDocument(workflowId, waiting)) ?? (await this.programs.byHash(waiting.documentHash)).document;
    return document.settings.maxConcurrentRuns ?? Infinity;
  }

  async #liveDocument(workflowId: string, { projectId }: Waiting) {
    try {
      return (await this.documents.getRunnable(projectId, workflowId, 'live')).document;
    } catch (error) {
      if ((error as { code?: string }).code?.startsWith('workflow.') === true) return undefined;
      throw error;
    }
  }

  #fill(workflowId: string, limit: number): Promise<Released[]> {
    const free = `(SELECT greatest(0, $2::bigint - count(*)) FROM run WHERE workflow_id = $1 AND place = 'taken' AND ended_at IS NULL)`;
    return this.#release(
      `id IN (SELECT id FROM run WHERE workflow_id = $1 AND ${waitsForPlace} ORDER BY id LIMIT ${free})`,
      [workflowId, Math.min(limit, Number.MAX_SAFE_INTEGER)],
    );
  }

  /** The epoch grows: whoever knew the run as one that waits finds out. */
  async #release(which: string, values: unknown[]): Promise<Released[]> {
    await this.lease.ensure();
    return this.unitOfWork.run(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`places:${String(values[0])}`]);
      const [process, at] = [values.length + 1, values.length + 2];
      return tx.query<Released[]>(
        `WITH let_in AS (
           UPDATE run SET place = 'taken', epoch = epoch + 1, last_seq = last_seq + 1,
             process_id = CASE host WHEN 'process' THEN $${process}::uuid END
           WHERE ${which} AND ${waitsForPlace} RETURNING id, host, epoch, last_seq
         ), noted AS (
           INSERT INTO run_event (run_id, seq, epoch, at, type, data)
           SELECT id, last_seq, epoch, to_timestamp($${at}::float8 / 1000), 'run.handedOver', json_build_object('type', 'run.handedOver',
             'at', $${at}::float8, 'epoch', epoch, 'host', host, 'reason', 'its turn came', 'isClean', true, 'isBegin', true)::text FROM let_in
         ) SELECT id, host, epoch FROM let_in ORDER BY id`,
        [...values, this.lease.processId, this.clock.now()],
      );
    });
  }

  /** What its host does not take now the reconciler finds. Where news came while it waited, there is one that heard it. */
  async #start(runs: readonly Released[]): Promise<void> {
    for (const { id, host: name, epoch } of runs) {
      const host = this.registry.find(name);
      await host?.start(id, epoch);
      await host?.release?.(id, epoch - 1);
    }
  }
}
