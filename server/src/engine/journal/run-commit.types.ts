import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import type { DataRow, InboxRow, RunRow, StepRow, WaitRow } from './run-row.types.js';

/** News that one run has for another. */
export interface RunNews extends InboxRow {
  runId: string;
  /** A second row of the run with this text is not taken. */
  dedupe: string;
}

/** What one append writes, all or nothing. */
export interface RunCommit {
  /** The row as it is to be after the append. Its `epoch` is the fence, its `lastSeq` is set by the append. */
  run: RunRow;
  /** `last_seq` the writer decided upon; another value in the database refuses the append. */
  expectedSeq: number;
  /** The run is not in the database yet: insert it. */
  create?: { keyScope?: string; inputHash?: string };
  events: RunEvent[];
  steps: StepRow[];
  data: DataRow[];
  waits: WaitRow[];
  /** Waits of these visits are over. */
  resolved: { step: StepKey; by: string }[];
  /** Ids of inbox rows that this append takes in. */
  consumed: string[];
  /** Deletes all items of the run (setting `saveData`). */
  dropData: boolean;
  /** Runs that begin with this append, each with its own first one. */
  children: RunCommit[];
  /** News for other runs. */
  news: RunNews[];
  /** Items for steps of other runs. */
  handed: (DataRow & { runId: string })[];
  /** Steps that have taken what the runs they called had handed over. */
  taken: StepKey[];
  /** Visits that were undone, of which nothing else changes. */
  undone: StepKey[];
  /** The runs it called and waits for are to be cancelled. */
  recallsChildren: boolean;
}

/**
 * What became of an append: `conflict` = someone appended before (reload and decide again), `fenced` = the run has
 * another owner, `keyTaken` = another run has its idempotency key.
 */
export type CommitOutcome = 'committed' | 'conflict' | 'fenced' | 'keyTaken';
