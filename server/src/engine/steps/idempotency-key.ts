import { createHash } from 'node:crypto';
import type { StepKey } from '../../interpreter/run-events.types.js';

/** Where in a step an effect happens. */
export interface EffectPlace {
  /** Number of the item in the whole input. @defaultValue 0 */
  item?: number;
  /** @defaultValue 0 */
  page?: number;
  /** How often the visit was undone by runs before this one. @defaultValue 0 */
  effect?: number;
}

/**
 * Names one effect: the same over attempts, crashes, takeovers and retries of the run (which share its root), different
 * for each step visit, item and page, and after it was undone. 40 hex digits.
 */
export function idempotencyKeyOf(
  rootRunId: string,
  step: StepKey,
  { item = 0, page = 0, effect = 0 }: EffectPlace = {},
): string {
  const again = effect === 0 ? '' : `/again/${effect}`;
  return createHash('sha256').update(`${rootRunId}/${step}/${item}/${page}${again}`).digest('hex').slice(0, 40);
}
