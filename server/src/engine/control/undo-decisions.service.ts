import { Injectable } from '@nestjs/common';
import { say } from '@wfaib/sdk/sentence';
import { Clock } from '../../clock/clock.service.js';
import type { UndoDecision } from '../../interpreter/compensation.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import { HostRegistry } from '../host/host-registry.js';
import { Ownership } from '../host/ownership.service.js';
import { JournalReader } from '../journal/journal-reader.js';
import { RunJournal } from '../journal/run-journal.service.js';
import type { RunRow } from '../journal/run-row.types.js';
import { RunAccess } from '../runner/run-access.js';
import { wakeTimeOf } from '../runner/host-commands.js';
import { RunWake } from '../run-wake.service.js';

/** What people decide about steps that could not be undone. The run has ended; it goes on with its undoing. */
@Injectable()
export class UndoDecisions {
  constructor(
    private readonly access: RunAccess,
    private readonly reader: JournalReader,
    private readonly journal: RunJournal,
    private readonly wake: RunWake,
    private readonly ownership: Ownership,
    private readonly registry: HostRegistry,
    private readonly clock: Clock,
  ) {}

  /** @returns false where nothing is to be decided about the step (any more) */
  async decide(runId: string, step: StepKey, action: UndoDecision, by: string): Promise<boolean> {
    const run = await this.reader.findRun(runId);
    if (run === undefined) return false;
    const taken = await this.access.use(runId, run.epoch, async (memory, slot) => {
      const failed = memory.state.compensation.failed.get(step);
      if (!failed) return undefined;
      const { visit, attempt } = failed;
      const fact = { step, nodeId: visit.nodeId, iteration: visit.iteration, attempt };
      memory.record({ type: 'step.decided', at: this.clock.now(), by, action, ...fact });
      memory.draft.resolved.push({ step, by: 'decision' });
      memory.run.wakeAt = wakeTimeOf(memory);
      await this.journal.flush(memory);
      slot.forget();
      return memory.run;
    });
    if (taken === undefined || !('lastSeq' in taken)) return false;
    await this.#goOn(taken);
    return true;
  }

  /** The Temporal workflow of the run has ended, or is about to: another one goes on. */
  async #goOn({ id, host, epoch, lastSeq }: RunRow): Promise<void> {
    if (host !== 'temporal') return this.wake.wake(id);
    const to = { host, processId: null };
    const owned = await this.ownership.handOver(id, epoch, lastSeq, to, say`a person decided about its undoing`.text);
    if (owned) await this.registry.find(host)?.start(id, owned.epoch);
  }
}
