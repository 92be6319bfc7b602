import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { nextCommands } from '../../interpreter/next.js';
import { RunFamily } from '../children/run-family.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import { RunJournal } from '../journal/run-journal.service.js';
import type { RunRow } from '../journal/run-row.types.js';
import { RunAccess } from '../runner/run-access.js';
import { RunInbox } from './run-inbox.service.js';

/**
 * Ends runs at once: nothing is waited for, nothing undone. It asks no host, so that a run ends whose engine is away or
 * whose process hangs; whoever carries the run finds out at its next append.
 */
@Injectable()
export class ForceStop {
  constructor(
    private readonly access: RunAccess,
    private readonly reader: JournalReader,
    private readonly journal: RunJournal,
    private readonly inbox: RunInbox,
    private readonly family: RunFamily,
    private readonly clock: Clock,
  ) {}

  async stop(runId: string, by: string): Promise<void> {
    // Steps at work end wherever they are: the row is what other processes look for.
    await this.inbox.put(runId, { kind: 'cancel', step: null, body: { by, force: true } }, 'cancel:force');
    // Whoever takes that in may get it meanwhile: it has another epoch then.
    for (let hasEnded = false; !hasEnded;) {
      const run = await this.reader.findRun(runId);
      hasEnded = run === undefined || run.endedAt !== null || (await this.#end(run, by));
    }
  }

  /** @returns false where the run has another epoch */
  async #end({ id, epoch }: RunRow, by: string): Promise<boolean> {
    const hasEnded = await this.access.use(id, epoch, async (memory, slot) => {
      if (memory.hasEnded) return true;
      const at = this.clock.now();
      memory.record({ type: 'run.cancelRequested', at, by, isForced: true });
      const [end] = nextCommands(memory.state, 1);
      if (end?.kind !== 'finish') return true;
      await this.family.end(memory, end);
      memory.run.processId = null;
      memory.run.wakeAt = null;
      const { draft } = memory;
      await this.journal.flush(memory);
      slot.stop(true);
      await this.family.tell(memory, draft);
      return true;
    });
    return hasEnded === true;
  }
}
