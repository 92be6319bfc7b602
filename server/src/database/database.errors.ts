import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown at the start when PostgreSQL cannot be used. One sentence, without the password. */
export class DatabaseUnavailable extends WfaibError {
  readonly code = 'database.unavailable';
  override readonly level = 'error';
  override readonly retryable = true;
}
