import { Injectable } from '@nestjs/common';
import { DataStore } from '../data/data-store.service.js';
import { UnitOfWork } from '../database/unit-of-work.service.js';
import type { WfaibError } from '../errors/wfaib.errors.js';
import { Log } from '../logging/logger.service.js';
import { RunRemovalRepository, type RemovableRun } from './run-removal.repository.js';
import { RunInUse, RunNotFound, RunStillGoing, RunUndoOpen } from './runs.errors.js';

/** What became of runs that were to be deleted. */
export interface RemovedRuns {
  deleted: string[];
  /** Those that stay, and why. */
  kept: { id: string; code: string; message: string }[];
}

/** Deletes runs and all that is kept of them: journal, steps, items, files, waits, their idempotency key. */
@Injectable()
export class RunRemoval {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly runs: RunRemovalRepository,
    private readonly store: DataStore,
    private readonly log: Log,
  ) {}

  /** @throws RunNotFound, RunStillGoing, RunUndoOpen, RunInUse */
  async remove(projectId: string, id: string): Promise<void> {
    const [refusal] = (await this.#remove(projectId, [id])).refused;
    if (refusal) throw refusal.error;
  }

  /** Deletes those that can be deleted. */
  async removeMany(projectId: string, ids: readonly string[]): Promise<RemovedRuns> {
    const { deleted, refused } = await this.#remove(projectId, [...new Set(ids)]);
    return { deleted, kept: refused.map(({ id, error: { code, message } }) => ({ id, code, message })) };
  }

  async #remove(
    projectId: string,
    ids: readonly string[],
  ): Promise<{ deleted: string[]; refused: { id: string; error: WfaibError }[] }> {
    const outcome = await this.unitOfWork.run(async (tx) => {
      const found = new Map((await this.runs.lock(tx, projectId, ids)).map((run) => [run.id, run]));
      const refused = ids.flatMap((id) => {
        const error = refusalOf(id, found.get(id));
        return error === undefined ? [] : [{ id, error }];
      });
      const stays = new Set(refused.map(({ id }) => id));
      const deleted = ids.filter((id) => !stays.has(id));
      if (deleted.length > 0) await this.runs.delete(tx, deleted);
      return { deleted, refused };
    });
    await this.#removeBytes(outcome.deleted);
    return outcome;
  }

  /** The runs are gone already: what cannot be removed now is found by the sweep of what nobody owns. */
  async #removeBytes(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      await this.store.removeRuns(ids);
    } catch (error) {
      this.log.warn({ runIds: ids, error }, 'Data of deleted runs could not be removed; the next sweep tries again');
    }
  }
}

function refusalOf(id: string, run: RemovableRun | undefined): WfaibError | undefined {
  if (run === undefined) return new RunNotFound(id);
  if (!run.hasEnded) return new RunStillGoing(id, run.status);
  if (run.undoOpen !== null) return new RunUndoOpen(id, run.undoOpen);
  return run.usedBy === null ? undefined : new RunInUse(id, run.usedBy);
}
