/** What a failed step tells people and the engine; plain data, safe to store and to send. */
export interface StepError {
  /** Stable machine name, for example `http.status`. */
  code: string;
  /** What happened, with which thing, and what to do next. Never a secret. */
  message: string;
  nodeId?: string;
  /** HTTP status of the service that refused, where there is one. */
  status?: number;
  details?: unknown;
  /** Whether trying again can help. @defaultValue true */
  retryable?: boolean;
  /** Wait that the service asked for, in milliseconds. */
  retryAfterMs?: number;
  /** Whether the effect may have happened all the same. @defaultValue only after a time limit or a death */
  outcomeUnknown?: boolean;
}

/**
 * Base of the errors a connector throws on purpose.
 * Recognise them by `code`, not by `instanceof`: they cross process borders and package copies.
 */
export class ConnectorError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  readonly status?: number;
  readonly details?: unknown;
  readonly outcomeUnknown?: boolean;

  constructor(
    message: string,
    options: { code: string; retryable: boolean } & Pick<
      StepError,
      'retryAfterMs' | 'status' | 'details' | 'outcomeUnknown'
    >,
  ) {
    super(message);
    this.name = new.target.name;
    this.code = options.code;
    this.retryable = options.retryable;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.status !== undefined) this.status = options.status;
    if (options.details !== undefined) this.details = options.details;
    if (options.outcomeUnknown !== undefined) this.outcomeUnknown = options.outcomeUnknown;
  }
}

/** Thrown when the input is wrong: trying again cannot help, the message tells the person what to change. */
export class UserError extends ConnectorError {
  constructor(message: string, details?: unknown) {
    super(message, { code: 'connector.userError', retryable: false, details });
  }
}

/** Thrown when the service refuses the credential. Not retried. */
export class AuthError extends ConnectorError {
  constructor(message: string, status?: number) {
    super(message, { code: 'connector.auth', retryable: false, ...(status === undefined ? {} : { status }) });
  }
}

/** Thrown when the thing asked for does not exist. Not retried. */
export class NotFound extends ConnectorError {
  constructor(message: string) {
    super(message, { code: 'connector.notFound', retryable: false, status: 404 });
  }
}

/** Thrown when the service asks to come back later. `afterMs` is the wait in milliseconds. */
export class RetryLater extends ConnectorError {
  constructor(afterMs: number, message = 'The service asked to try again later.', status?: number) {
    super(message, {
      code: 'connector.retryLater',
      retryable: true,
      retryAfterMs: afterMs,
      ...(status === undefined ? {} : { status }),
    });
  }
}
