import { say } from '@wfaib/sdk/sentence';
import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when the mail server says that it will never take this mail. */
export class MailRefused extends WfaibError {
  readonly code = 'mail.refused';

  constructor(to: string, cause: Error) {
    super(say`The mail server refused the mail to ${{ to }}: ${{ reason: cause.message }}`, { cause });
  }
}
