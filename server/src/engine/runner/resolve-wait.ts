import type { Item, ItemInput } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import { keepOutputs, putOutputs } from './put-outputs.js';
import type { RunMemory } from './run-memory.js';

/** How a wait ended: its time came, its address was called with these items, or people decided. */
export type WaitEnd =
  | { by: 'timer' }
  | { by: 'resume'; items: ItemInput[] }
  | { by: 'decision'; decision: 'approved' | 'rejected'; approval: NonNullable<Item['json'][string]> };

/** Ends the wait of a visit. `input` are the items the visit was given. @returns false where it was over already. */
export function resolveWait(
  memory: RunMemory,
  visit: StepVisit,
  input: readonly Item[],
  end: WaitEnd,
  at: number,
): boolean {
  const progress = memory.state.open.get(visit.key);
  if (progress?.phase !== 'waiting') return false;
  const isTimer = progress.waits?.every(({ kind }) => kind === 'timer') ?? false;
  const outputs = outputsOf(visit, input, end, isTimer);
  const { counts, rows } = putOutputs(visit.key, { outputs });
  const { key: step, nodeId, iteration } = visit;
  const done = memory.record({
    type: 'wait.resolved',
    at,
    by: end.by,
    outputs: counts,
    step,
    nodeId,
    iteration,
    attempt: progress.attempt,
  });
  if (!done) return false;
  keepOutputs(memory, step, { outputs }, rows);
  memory.draft.resolved.push({ step, by: end.by });
  return true;
}

function outputsOf(visit: StepVisit, input: readonly Item[], end: WaitEnd, isTimer: boolean): Record<string, Item[]> {
  const places = visit.inputs.flatMap(({ arrivals }) =>
    arrivals.flatMap(({ step, port, count }) => Array.from({ length: count }, (_, item) => ({ step, port, item }))),
  );
  const passed = input.map((item, index) => ({ ...item, source: places.slice(index, index + 1) }));
  if (end.by === 'timer') return isTimer ? { main: passed } : { timeout: passed };
  if (end.by === 'resume') return { main: end.items.map((item) => ({ ...item, source: places })) };
  return { [end.decision]: passed.map((item) => ({ ...item, json: { ...item.json, approval: end.approval } })) };
}
