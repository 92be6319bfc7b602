import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { RunJournal } from '../journal/run-journal.service.js';
import { RunAccess } from '../runner/run-access.js';

/** Stops runs until a person has looked at them. */
@Injectable()
export class RunPause {
  constructor(
    private readonly access: RunAccess,
    private readonly journal: RunJournal,
    private readonly clock: Clock,
  ) {}

  async pause(runId: string, epoch: number, reason: string): Promise<void> {
    await this.access.use(runId, epoch, async (memory) => {
      if (memory.hasEnded) return;
      memory.record({ type: 'run.paused', at: this.clock.now(), reason });
      memory.run.processId = null;
      await this.journal.flush(memory);
    });
  }
}
