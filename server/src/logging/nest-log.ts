import type { LoggerService } from '@nestjs/common';
import { WfaibError } from '../errors/wfaib.errors.js';
import type { Log } from './logger.service.js';

/** Sends Nest's own messages through {@link Log}. Nest's start-up chatter is `debug`. */
export class NestLog implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(fieldsOf(rest), String(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(fieldsOf(rest), String(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.sink.debug(fieldsOf(rest), String(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.sink.warn(fieldsOf(rest), String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    // Thrown on purpose at the start: `main.ts` prints its one sentence.
    if (message instanceof WfaibError) return this.sink.debug({ error: message }, 'The start was stopped');
    this.sink.error({ ...fieldsOf(rest), ...(message instanceof Error ? { error: message } : {}) }, String(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.error(message, ...rest);
  }
}

// Nest passes the context (a class name) as the last text.
function fieldsOf(rest: unknown[]): Record<string, unknown> {
  const context = rest.at(-1);
  return typeof context === 'string' ? { context } : {};
}
