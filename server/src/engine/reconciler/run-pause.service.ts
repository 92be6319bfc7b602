import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { RunJournal } from '../journal/run-journal.service.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import { RunAccess } from '../runner/run-access.js';
import type { RunMemory } from '../runner/run-memory.js';

/** Stops runs until a person has looked at them. */
@Injectable()
export class RunPause {
  constructor(
    private readonly access: RunAccess,
    private readonly journal: RunJournal,
    private readonly clock: Clock,
  ) {}

  pause(runId: string, epoch: number, reason: string): Promise<void> {
    return this.#pause(runId, epoch, () => reason);
  }

  /** Stops a run at a step that took its worker with it again and again. */
  pauseAt(runId: string, epoch: number, step: StepKey, deaths: number): Promise<void> {
    return this.#pause(
      runId,
      epoch,
      (memory) =>
        `${deaths} workers in a row died or froze while they were at the step "${nameOf(memory, step)}". See what it is given to do and how much of it, and their logs; then let the run go on, or cancel it.`,
    );
  }

  async #pause(runId: string, epoch: number, reasonOf: (memory: RunMemory) => string): Promise<void> {
    await this.access.use(runId, epoch, async (memory) => {
      if (memory.hasEnded) return;
      memory.record({ type: 'run.paused', at: this.clock.now(), reason: reasonOf(memory) });
      memory.run.processId = null;
      await this.journal.flush(memory);
    });
  }
}

function nameOf(memory: RunMemory, step: StepKey): string {
  const nodeId = memory.state.visits.get(step)?.visit.nodeId;
  return nodeId === undefined ? step : memory.node(nodeId).name;
}
