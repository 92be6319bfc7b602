import type { StepError } from '@wfaib/sdk/errors';

/** The child died with the call in it: nobody knows how far it came. */
export function killedError(reason: string): StepError {
  return {
    code: 'connector.killed',
    message: `The process that ran this connector ended: ${reason}. The step can be tried again.`,
    retryable: true,
  };
}

export function timeoutError(timeoutMs: number): StepError {
  return { code: 'connector.timeout', message: `The step took longer than ${timeoutMs} ms.`, retryable: true };
}

export function cancelledError(): StepError {
  return { code: 'connector.cancelled', message: 'The step was cancelled.', retryable: false };
}

export function busyError(): StepError {
  return {
    code: 'connector.busy',
    message: 'Too many connector calls are waiting on this server. The step can be tried again.',
    retryable: true,
    retryAfterMs: 1_000,
  };
}

export function unknownConnectorError(id: string): StepError {
  return { code: 'connector.unknown', message: `No connector "${id}" is installed.`, retryable: false };
}
