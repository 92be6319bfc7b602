import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import type { RunMemory } from './run-memory.js';
import type { RunCommit } from '../journal/run-commit.types.js';
import type { DataRow, WaitRow } from '../journal/run-row.types.js';

/** What happened to a run in memory and is not in the database yet. */
export class RunDraft {
  readonly events: RunEvent[] = [];
  readonly changedSteps = new Set<StepKey>();
  readonly data = new Map<string, DataRow>();
  readonly waits: WaitRow[] = [];
  readonly resolved: RunCommit['resolved'] = [];
  readonly consumed: string[] = [];
  /** Runs that begin with this append. */
  readonly children: RunMemory[] = [];
  readonly news: RunCommit['news'] = [];
  readonly handed: RunCommit['handed'] = [];
  readonly taken: StepKey[] = [];
  /** Visits that were undone and are not in memory any more. */
  readonly undone: StepKey[] = [];
  recallsChildren = false;
  dropData = false;
  /** An answer to the caller is in it: it is not to wait for what follows. */
  hasReply = false;
  bytes = 0;

  constructor(
    /** Monotonic milliseconds. */
    readonly since: number,
  ) {}

  get isEmpty(): boolean {
    return this.events.length === 0 && this.consumed.length === 0;
  }

  addData(row: DataRow): void {
    this.data.set(`${row.step}\n${row.port}`, row);
    this.bytes += row.body.length;
  }
}
