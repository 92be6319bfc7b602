import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { apply } from '../../interpreter/apply.js';
import { UnknownEvent } from '../../interpreter/interpreter.errors.js';
import { rememberedVisits } from '../../interpreter/queries.js';
import { createRunState, type RunState } from '../../interpreter/run-state.js';
import { JournalReader } from '../journal/journal-reader.js';
import { ProgramCache } from '../launcher/program-cache.js';
import { NewerRuns } from './newer-runs.service.js';
import { RunMemory } from './run-memory.js';

/** Events that are read at once: the journal of a long loop does not fit into memory. */
const partEvents = 10_000;

/** Makes the memory of a run out of its journal. */
@Injectable()
export class RunLoader {
  constructor(
    private readonly journal: JournalReader,
    private readonly programs: ProgramCache,
    private readonly newer: NewerRuns,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns undefined where there is no such run.
   * @throws UnknownEvent where a newer version carried it; the health of the server tells of it
   */
  async load(runId: string): Promise<RunMemory | undefined> {
    const run = await this.journal.findRun(runId);
    if (run === undefined) return undefined;
    const program = await this.programs.byHash(run.documentHash);
    const state = createRunState(program.plan);
    // An append that came between the reads is met by the check of last_seq.
    try {
      run.lastSeq = await this.#fold(runId, state);
    } catch (error) {
      if (error instanceof UnknownEvent) this.newer.note(runId);
      throw error;
    }
    const memory = new RunMemory(run, program, state, undefined, this.clock.monotonic());
    const [steps, count] = await Promise.all([
      this.journal.stepsOf(runId, [...rememberedVisits(state)]),
      this.journal.stepCount(runId),
    ]);
    for (const step of steps) memory.steps.set(step.step, step);
    memory.stepCount = count;
    return memory;
  }

  /** @returns the number of events there are */
  async #fold(runId: string, state: RunState): Promise<number> {
    for (let seq = 0; ;) {
      const events = await this.journal.events(runId, seq, partEvents);
      for (const event of events) apply(state, event);
      seq += events.length;
      if (events.length < partEvents) return seq;
    }
  }
}
