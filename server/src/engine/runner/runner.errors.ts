import { WfaibError } from '../../errors/wfaib.errors.js';
import type { CommitOutcome } from '../journal/run-commit.types.js';

/** Thrown when the journal refused an append. `conflict`: read again and decide again; `fenced`: let go of the run. */
export class AppendRefused extends WfaibError {
  readonly code = 'run.appendRefused';

  constructor(
    readonly runId: string,
    readonly outcome: Exclude<CommitOutcome, 'committed'>,
  ) {
    super(`The journal of run ${runId} refused an append (${outcome}).`);
  }
}

/** Thrown when this process may not touch the outside any more: its hold on the run is about to end. */
export class OwnershipLost extends WfaibError {
  readonly code = 'run.ownershipLost';
  override readonly retryable = true;
  /** It is not about the item it struck: work per item lets it through. */
  readonly endsStep = true;

  constructor(runId: string) {
    super(`This process no longer owns run ${runId}: another one goes on with it.`);
  }
}
