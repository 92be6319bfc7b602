import { WfaibError } from '../../../errors/wfaib.errors.js';

/** Thrown when something that Temporal kept cannot be opened. The message says why. */
export class PayloadUnreadable extends WfaibError {
  readonly code = 'codec.unreadable';

  constructor(why: string) {
    super(`What Temporal kept ${why}.`);
  }
}
