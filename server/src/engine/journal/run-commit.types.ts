import type { RunEvent, StepKey } from '../../interpreter/run-events.types.js';
import type { DataRow, RunRow, StepRow, WaitRow } from './run-row.types.js';

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
}

/**
 * What became of an append: `conflict` = someone appended before (reload and decide again), `fenced` = the run has
 * another owner, `keyTaken` = another run has its idempotency key.
 */
export type CommitOutcome = 'committed' | 'conflict' | 'fenced' | 'keyTaken';
