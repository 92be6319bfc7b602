import { wordsOf, type Sentence } from '@wfaib/sdk/sentence';

/** How loud an error is in the log. */
export type ErrorLevel = 'info' | 'warn' | 'error';

/**
 * Base of every error thrown on purpose. Its message says what happened, with which thing, and what to do next, and
 * never holds a secret. HTTP statuses live in one table, `http/error.filter.ts`.
 */
export abstract class WfaibError extends Error {
  /** Stable name, part of the API. Recognise errors by it, not by `instanceof`. */
  abstract readonly code: string;
  readonly level: ErrorLevel = 'info';
  /** Whether the engine may try again. */
  readonly retryable: boolean = false;
  /** The message, for those who show it in another language: what people may meet in the interface has it. */
  readonly said: Sentence | undefined;

  constructor(message: string | Sentence, options?: ErrorOptions) {
    super(typeof message === 'string' ? message : wordsOf(message), options);
    this.name = new.target.name;
    this.said = typeof message === 'string' ? undefined : message;
  }

  /** Fields that the API answer carries beside `code`, `message` and `requestId`. */
  details(): Record<string, unknown> {
    return {};
  }
}
