import { WfaibError } from '../errors/wfaib.errors.js';

/** How the command ends: well, with an answer that is no, or not at all. */
export type ExitCode = 0 | 1 | 2;

/** Thrown when a command cannot do what it was asked to: exit code 2. */
export class CommandFailed extends WfaibError {
  constructor(
    readonly code: string,
    message: string,
    private readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }

  override details(): Record<string, unknown> {
    return this.more;
  }
}

/** Thrown when the command line is not understood. */
export class UsageWrong extends WfaibError {
  readonly code = 'cli.usage';
}

/** Thrown when the command would overwrite what somebody else did, or the answer is no: exit code 1. */
export class CommandRefused extends WfaibError {
  constructor(
    readonly code: string,
    message: string,
    private readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }

  override details(): Record<string, unknown> {
    return this.more;
  }
}
