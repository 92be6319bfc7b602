import { Injectable } from '@nestjs/common';
import type { Caller } from '../../auth/caller.types.js';
import { RunQueries } from '../../runs/run-queries.service.js';
import { isEnded, type RunView } from '../../runs/run.types.js';
import { noteTakeovers } from '../engine-metrics.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership } from '../host/ownership.service.js';
import { ProcessHost } from '../host/process-host.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import type { RunRow } from '../journal/run-row.types.js';
import { RunPause } from '../reconciler/run-pause.service.js';
import { RunAlreadyEnded, RunPaused } from '../run-control.errors.js';
import { RunWake } from '../run-wake.service.js';

/** What people do with runs that do not behave: hold them, and take them away from whoever has them. */
@Injectable()
export class RunCare {
  constructor(
    private readonly runs: RunQueries,
    private readonly journal: JournalReader,
    private readonly pauses: RunPause,
    private readonly wakes: RunWake,
    private readonly ownership: Ownership,
    private readonly registry: HostRegistry,
    private readonly processHost: ProcessHost,
  ) {}

  /**
   * Holds a run until somebody resumes it: no step starts any more; what is at work comes to its end.
   * @throws RunNotFound, RunAlreadyEnded, RunPaused
   */
  async pause(caller: Caller, runId: string, reason: string): Promise<RunView> {
    // Another may get it meanwhile, as when its turn comes.
    for (let isPaused = false; !isPaused;) {
      const { epoch } = await this.#requireGoing(caller, runId);
      isPaused = await this.pauses.pause(runId, epoch, reason, caller.userId);
    }
    // Whoever carries it finds it paused and lets go.
    await this.wakes.wake(runId);
    return this.runs.getById(caller.projectId, runId);
  }

  /**
   * Takes a run away from whoever has it, and gives it to the next one. Steps that are at work begin again, under the
   * same idempotency keys; what their old owner makes of them does not count any more.
   * @throws RunNotFound, RunAlreadyEnded, RunPaused
   */
  async release(caller: Caller, runId: string): Promise<RunView> {
    const { host, epoch } = await this.#requireGoing(caller, runId);
    const owned = await this.ownership.release({ runId, epoch, host }, 'a person took it away from its owner');
    if (owned) {
      noteTakeovers(host, 1);
      if (host === 'process') await this.processHost.wake(runId, owned.epoch);
      else await this.registry.find(host)?.start(runId, owned.epoch);
      await this.registry.find(host)?.release?.(runId, epoch);
    }
    return this.runs.getById(caller.projectId, runId);
  }

  async #requireGoing(caller: Caller, runId: string): Promise<RunRow> {
    const { status } = await this.runs.getSummary(caller.projectId, runId);
    if (isEnded(status)) throw new RunAlreadyEnded(runId, status);
    if (status === 'paused') throw new RunPaused(runId);
    return (await this.journal.findRun(runId))!;
  }
}
