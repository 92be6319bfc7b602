import { WfaibError } from '../../errors/wfaib.errors.js';

/** Thrown when more work comes in than this installation can take up in good time. Nothing was started. */
export class ServerBusy extends WfaibError {
  readonly code = 'server.busy';
  override readonly level = 'warn';

  constructor(
    why: string,
    /** When the caller may come again, in milliseconds. */
    readonly retryAfterMs: number,
  ) {
    super(`${why} Nothing was started: send it again in ${Math.ceil(retryAfterMs / 1_000)} s.`);
  }
}
