import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { apply } from '../../interpreter/apply.js';
import { createRunState } from '../../interpreter/run-state.js';
import { JournalReader } from '../journal/journal-reader.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { RunMemory } from './run-memory.js';

/** Makes the memory of a run out of its journal. */
@Injectable()
export class RunLoader {
  constructor(
    private readonly journal: JournalReader,
    private readonly programs: ProgramCache,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined where there is no such run. */
  async load(runId: string): Promise<RunMemory | undefined> {
    const run = await this.journal.findRun(runId);
    if (run === undefined) return undefined;
    const [program, events, steps] = await Promise.all([
      this.programs.byHash(run.documentHash),
      this.journal.events(runId, 0),
      this.journal.steps(runId),
    ]);
    const state = createRunState(program.plan);
    for (const event of events) apply(state, event);
    // An append that came between the reads is met by the check of last_seq.
    run.lastSeq = events.length;
    const memory = new RunMemory(run, program, state, undefined, this.clock.monotonic());
    for (const step of steps) memory.steps.set(step.step, step);
    return memory;
  }
}
