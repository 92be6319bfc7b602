import { undoKey } from '../interpreter/step-keys.js';
import type { RunStep } from './run.types.js';

/** Says of each step that undoes another one which that is. */
export function withUndoLinks(steps: RunStep[]): RunStep[] {
  const undone = new Map(steps.map(({ id }) => [undoKey(id), id]));
  return steps.map((step) => {
    const undoes = undone.get(step.id);
    return undoes === undefined ? step : { ...step, undoes };
  });
}
