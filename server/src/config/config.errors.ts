import { WfaibError } from '../errors/wfaib.errors.js';

/** Thrown when the server cannot start with its settings. The message is one sentence that names the setting. */
export class InvalidSetting extends WfaibError {
  readonly code = 'config.invalid';
  override readonly level = 'error';
  constructor(
    readonly setting: string,
    reason: string,
  ) {
    super(`${setting} ${reason}.`);
  }
}
