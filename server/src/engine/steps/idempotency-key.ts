import { createHash } from 'node:crypto';
import type { StepKey } from '../../interpreter/run-events.types.js';

/**
 * Names one effect: the same over attempts, crashes, takeovers and retries of the run (which share its root), different
 * for each step visit, item and page. 40 hex digits.
 */
export function idempotencyKeyOf(rootRunId: string, step: StepKey, item = 0, page = 0): string {
  return createHash('sha256').update(`${rootRunId}/${step}/${item}/${page}`).digest('hex').slice(0, 40);
}
