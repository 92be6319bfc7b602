import { retryPolicyOf } from '@wfaib/sdk/workflow-document';
import { describe, expect, it } from 'vitest';
import { maxRetryAfterMs, retryDecision } from './retry-policy.js';

const policy = retryPolicyOf({ retry: { maxAttempts: 5, initialMs: 100, factor: 3, maxMs: 1_000, jitter: false } });
const error = { code: 'http.status', message: '' };

describe('retryDecision', () => {
  it('waits longer from try to try, up to the most', () => {
    const delays = [1, 2, 3, 4].map((attempt) => retryDecision(policy, attempt, error, 0)?.delayMs);
    expect(delays).toEqual([100, 300, 900, 1_000]);
  });

  it('gives up after the last attempt, and at once where there is no policy', () => {
    expect(retryDecision(policy, 5, error, 0)).toBeUndefined();
    expect(retryDecision(retryPolicyOf({}), 1, error, 0)).toBeUndefined();
  });

  it('spreads the wait between half of it and all of it', () => {
    const spread = { ...policy, jitter: true };
    expect([0, 0.5, 0.999].map((random) => retryDecision(spread, 1, error, random)?.delayMs)).toEqual([50, 75, 100]);
  });

  it('does not try again what trying cannot help, unless the policy names it', () => {
    const final = { ...error, code: 'code.failed', retryable: false };
    expect(retryDecision(policy, 1, final, 0)).toBeUndefined();
    expect(retryDecision({ ...policy, on: ['other'] }, 1, final, 0)).toBeUndefined();
    expect(retryDecision({ ...policy, on: ['code.failed'] }, 1, final, 0)).toEqual({ delayMs: 100 });
  });

  it('tries again only the codes in on, and never those in notOn', () => {
    expect(retryDecision({ ...policy, on: ['other'] }, 1, error, 0)).toBeUndefined();
    expect(retryDecision({ ...policy, on: ['http.status'] }, 1, error, 0)).toEqual({ delayMs: 100 });
    expect(retryDecision({ ...policy, on: ['http.status'], notOn: ['http.status'] }, 1, error, 0)).toBeUndefined();
  });

  it('waits at least as long as the service asks, at most a day', () => {
    expect(retryDecision(policy, 1, { ...error, retryAfterMs: 5_000 }, 0)).toEqual({ delayMs: 5_000 });
    expect(retryDecision(policy, 2, { ...error, retryAfterMs: 10 }, 0)).toEqual({ delayMs: 300 });
    expect(retryDecision(policy, 1, { ...error, retryAfterMs: 1e15 }, 0)).toEqual({ delayMs: maxRetryAfterMs });
  });
});
