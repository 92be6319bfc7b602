import type { StepError } from '@wfaib/sdk/errors';

/** Errors after which nobody knows whether the effect happened: no answer came, or who waited for it died. */
const silent = new Set(['step.timeout', 'step.silent', 'connector.timeout', 'connector.killed', 'http.timeout']);

/**
 * Whether the effect of a step may have happened although it failed with this error. The error may say so itself
 * (`outcomeUnknown`); else a time limit, a death and a gateway that got no answer (504) leave it open, and any other error
 * is definite.
 */
export function isOutcomeUnknown(error: StepError): boolean {
  return error.outcomeUnknown ?? (silent.has(error.code) || error.status === 504);
}
