import type { StepError } from '@wfaib/sdk/errors';
import type { RetryPolicy } from '@wfaib/sdk/workflow-document';

/** Longest a service may make a step wait with `retryAfterMs`, in milliseconds: a day. */
export const maxRetryAfterMs = 86_400_000;

/**
 * Whether and when a step is tried again after a failure.
 * @param attempt the try that failed, from 1
 * @param random spreads the wait, at least 0 and less than 1: with jitter it is 50 to 100 per cent of the computed wait
 * @returns the wait in milliseconds, never less than the service asked for; undefined where it is not tried again
 */
export function retryDecision(
  policy: RetryPolicy,
  attempt: number,
  error: StepError,
  random: number,
): { delayMs: number } | undefined {
  if (attempt >= policy.maxAttempts || !isRetried(policy, error)) return undefined;
  const backOff = Math.min(policy.maxMs, policy.initialMs * policy.factor ** (attempt - 1));
  const spread = policy.jitter ? backOff * (0.5 + random / 2) : backOff;
  const asked = Math.min(maxRetryAfterMs, error.retryAfterMs ?? 0);
  return { delayMs: Math.max(Math.round(spread), asked) };
}

function isRetried(policy: RetryPolicy, error: StepError): boolean {
  if (policy.notOn?.includes(error.code)) return false;
  // Who names a code knows better than the error whether it is worth another try.
  return policy.on?.includes(error.code) ?? error.retryable !== false;
}
