import { say, type Sentence } from '@wfaib/sdk/sentence';
import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when more work comes in than this installation can take up in good time. Nothing was started. */
export class ServerBusy extends WfaibError {
  readonly code = 'server.busy';
  override readonly level = 'warn';

  constructor(
    why: Sentence,
    /** When the caller may come again, in milliseconds. */
    readonly retryAfterMs: number,
  ) {
    super(say`${{ why }} Nothing was started: send it again in ${{ seconds: Math.ceil(retryAfterMs / 1_000) }} s.`);
  }
}
