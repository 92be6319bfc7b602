import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import { Ownership } from '../host/ownership.service.js';
import { RunJournal } from '../journal/run-journal.service.js';
import { wakeTimeOf } from '../runner/host-commands.js';
import { RunAccess } from '../runner/run-access.js';
import type { RunMemory } from '../runner/run-memory.js';
import type { HostName } from '../runner/runner.types.js';

/** A run as its host knows it. */
interface Carried {
  runId: string;
  epoch: number;
  host: HostName;
}

/** Stops runs until a person has looked at them. */
@Injectable()
export class RunPause {
  constructor(
    private readonly access: RunAccess,
    private readonly ownership: Ownership,
    private readonly journal: RunJournal,
    private readonly clock: Clock,
  ) {}

  /**
   * What is at work comes to its end; nothing new begins.
   * @param by who asked for it
   * @returns false where the run has ended, or another epoch
   */
  pause(runId: string, epoch: number, reason: string, by?: string): Promise<boolean> {
    return this.#pause(runId, epoch, () => reason, by);
  }

  /** Takes the run away from its owner, who gets nowhere with it: once resumed, it begins again what was begun. */
  async pauseStuck(run: Carried, reason: string): Promise<void> {
    await this.#pauseFenced(run, () => reason);
  }

  /** The same for a run with a step that took its worker with it again and again. */
  async pauseAt(run: Carried, step: StepKey, deaths: number): Promise<void> {
    await this.#pauseFenced(
      run,
      (memory) =>
        `${deaths} workers in a row died or froze while they were at the step "${nameOf(memory, step)}". See what it is given to do and how much of it, and their logs; then let the run go on, or cancel it.`,
    );
  }

  async #pauseFenced(run: Carried, reasonOf: (memory: RunMemory) => string): Promise<void> {
    const owned = await this.ownership.release(run, 'its owner got nowhere with it');
    if (owned) await this.#pause(run.runId, owned.epoch, reasonOf);
  }

  async #pause(runId: string, epoch: number, reasonOf: (memory: RunMemory) => string, by?: string): Promise<boolean> {
    const isPaused = await this.access.use(runId, epoch, async (memory) => {
      if (memory.hasEnded) return false;
      const who = by === undefined ? {} : { by };
      memory.record({ type: 'run.paused', at: this.clock.now(), reason: reasonOf(memory), ...who });
      memory.run.processId = null;
      memory.run.wakeAt = wakeTimeOf(memory);
      await this.journal.flush(memory);
      return true;
    });
    return isPaused === true;
  }
}

function nameOf(memory: RunMemory, step: StepKey): string {
  const nodeId = memory.state.visits.get(step)?.visit.nodeId;
  return nodeId === undefined ? step : memory.node(nodeId).name;
}
