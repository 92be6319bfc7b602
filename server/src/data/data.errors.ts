import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when the store has no room left. */
export class DataStoreFull extends WfaibError {
  readonly code = 'data.storeFull';
  override readonly retryable = true;

  constructor(where: string, options?: ErrorOptions) {
    super(say`There is no room left in ${{ where }}. Free some, or shorten the retention of runs.`, options);
  }
}

/** Thrown when the store cannot be reached. */
export class DataStoreUnavailable extends WfaibError {
  readonly code = 'data.unavailable';
  override readonly retryable = true;

  constructor(where: string, reason: string, options?: ErrorOptions) {
    super(
      say`${{ where }} cannot be used: ${{ reason }}. Check that it is mounted and that the server may write to it.`,
      options,
    );
  }
}

/** Thrown when bytes that a run names are not there any more. */
export class DataGone extends WfaibError {
  readonly code = 'data.gone';

  constructor(runId: string) {
    super(say`Data of run ${{ runId }} is gone. It was deleted with that run, or the store lost it.`);
  }
}
