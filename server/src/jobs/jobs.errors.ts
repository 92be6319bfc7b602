import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when the store of the queues does not answer. */
export class QueueUnavailable extends WfaibError {
  readonly code = 'queue.unavailable';
  override readonly retryable = true;

  constructor(store: string, cause: unknown) {
    super(
      say`The queues in ${{ store }} cannot be reached. It is tried again by itself; see to it that ${{ store }} runs.`,
      {
        cause,
      },
    );
  }
}

/** Thrown when there is no such dead job (any more). */
export class DeadJobNotFound extends WfaibError {
  readonly code = 'job.notFound';

  constructor(id: string) {
    super(say`There is no job ${{ id }} among those that failed for good. It may have been run again or deleted.`);
  }
}
