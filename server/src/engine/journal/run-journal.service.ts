import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock/clock.service.js';
import { Database } from '../../database/database.service.js';
import { statusOf } from '../../interpreter/queries.js';
import type { StepKey } from '../../interpreter/run-events.types.js';
import { RunDraft } from '../runner/run-draft.js';
import type { RunMemory } from '../runner/run-memory.js';
import { AppendRefused } from '../runner/runner.errors.js';
import { GroupCommit } from './group-commit.js';
import { JournalReader } from './journal-reader.js';
import type { RunCommit } from './run-commit.types.js';
import type { RunRow } from './run-row.types.js';
import { RunNotices } from './run-notices.js';

/** Writes what is drafted of a run: events, rows, items, all or nothing, behind the fence. */
@Injectable()
export class RunJournal {
  constructor(
    private readonly commits: GroupCommit,
    private readonly reader: JournalReader,
    private readonly notices: RunNotices,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /**
   * @returns whether there was anything to write
   * @throws AppendRefused where the run moved on without us; its memory is worthless then
   */
  async flush(memory: RunMemory): Promise<boolean> {
    if (memory.draft.isEmpty && memory.run.processId === memory.storedProcessId) return false;
    const { children } = memory.draft;
    const commit = this.#commitOf(memory);
    const outcome = await this.commits.append(commit);
    if (outcome !== 'committed') throw new AppendRefused(memory.run.id, outcome);
    this.#settle(memory, commit);
    children.forEach((child, index) => this.#settle(child, commit.children[index]!));
    return true;
  }

  #settle(memory: RunMemory, commit: RunCommit): void {
    memory.run.lastSeq = commit.expectedSeq + commit.events.length;
    memory.creation = undefined;
    memory.storedProcessId = memory.run.processId;
    memory.forgetPast();
    this.notices.publish(memory.run);
  }

  /**
   * The time of a wait is over: from now on it takes no call and no decision, whatever the clock of the database says. One
   * that is just being taken is waited for, so what the inbox holds afterwards is all there will be.
   */
  async closeWait({ id, epoch }: Pick<RunRow, 'id' | 'epoch'>, step: StepKey): Promise<void> {
    await this.database.query(
      `UPDATE run_wait w SET until = least(w.until, clock_timestamp()) FROM run r
       WHERE r.id = w.run_id AND r.epoch = $3 AND w.run_id = $1 AND w.step_key = $2 AND w.resolved_at IS NULL`,
      [id, step, epoch],
    );
  }

  /**
   * Makes sure that a memory is what the journal says: an answer that is not followed by an append has no fence.
   * @throws AppendRefused where the run moved on without us; its memory is worthless then
   */
  async confirm({ run, creation }: RunMemory): Promise<void> {
    if (creation !== undefined) return;
    const now = await this.reader.position(run.id);
    if (now?.epoch !== run.epoch) throw new AppendRefused(run.id, 'fenced');
    if (now.lastSeq !== run.lastSeq) throw new AppendRefused(run.id, 'conflict');
  }

  #commitOf(memory: RunMemory): RunCommit {
    const { run, draft, creation } = memory;
    this.#project(memory);
    memory.draft = new RunDraft(this.clock.monotonic());
    return {
      run,
      expectedSeq: run.lastSeq,
      ...(creation === undefined ? {} : { create: creation }),
      events: draft.events,
      steps: [...draft.changedSteps].map((step) => memory.steps.get(step)!),
      data: draft.dropData ? [] : [...draft.data.values()],
      waits: draft.waits,
      resolved: draft.resolved,
      consumed: draft.consumed,
      dropData: draft.dropData && creation === undefined,
      children: draft.children.map((child) => this.#commitOf(child)),
      news: draft.news,
      handed: draft.handed,
      taken: draft.taken,
      undone: draft.undone,
      recallsChildren: draft.recallsChildren,
    };
  }

  /** The row of the run is a projection of its events, like everything that lists show. */
  #project({ run, state, draft, isHeld }: RunMemory): void {
    run.status = isHeld && state.paused === undefined ? 'pending' : statusOf(state);
    for (const event of draft.events) {
      const at = 'at' in event ? event.at : event.endedAt;
      // What waits for its turn has not begun, whatever is done about it.
      if (event.type !== 'run.created' && run.place !== 'held' && run.startedAt === null)
        run.startedAt = 'startedAt' in event ? event.startedAt : at;
      if (event.type === 'run.finished') run.endedAt = at;
      // A person decided about something that could not be undone: the run goes on.
      if (event.type === 'step.decided') run.endedAt = null;
    }
    run.error = (state.finished ?? state.stopping)?.error ?? null;
  }
}
