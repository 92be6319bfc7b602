import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when a run names a document that is not stored: its database was restored in part. */
export class RunDocumentMissing extends WfaibError {
  readonly code = 'run.documentMissing';
  override readonly level = 'error';

  constructor(hash: string) {
    super(say`The workflow document ${{ hash }} of this run is not in the database. Restore the table run_document.`);
  }
}

/** Thrown when an idempotency key is used again with another input. */
export class RunKeyReused extends WfaibError {
  readonly code = 'run.keyReused';

  constructor(
    readonly key: string,
    readonly runId: string,
  ) {
    super(say`The idempotency key "${{ key }}" belongs to run ${{ runId }}, which had another input. Use another key.`);
  }

  override details(): Record<string, unknown> {
    return { runId: this.runId };
  }
}
