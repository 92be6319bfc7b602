import { WfaibError } from '../errors/wfaib.errors.js';
import type { LogLine } from '../nodes/core-node.types.js';
import type { SandboxErrorCode } from './sandbox.types.js';

/** Thrown when user code could not be run to its end. The message is for the person who wrote the code. */
export class SandboxError extends WfaibError {
  override readonly retryable: boolean;

  constructor(
    override readonly code: SandboxErrorCode,
    message: string,
    /** Place in the user's source, one-based, where it is known. */
    readonly at?: { line: number; column: number },
    /** What the code printed before. */
    readonly logs: LogLine[] = [],
  ) {
    super(message);
    this.retryable = code === 'sandbox.unavailable' || code === 'code.killed';
  }

  override details(): Record<string, unknown> {
    return { ...this.at };
  }
}
