import type { Item, ItemInput } from '@wfaib/sdk/items';
import { approvalOf, timedOutValue, type ApprovalRequest } from '../../interpreter/approvals.js';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { VisitProgress } from '../../interpreter/run-state.js';
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
  const outputs = outputsOf(progress, input, end, at);
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

function outputsOf(progress: VisitProgress, input: readonly Item[], end: WaitEnd, at: number): Record<string, Item[]> {
  const { visit, waits = [] } = progress;
  const places = visit.inputs.flatMap(({ arrivals }) =>
    arrivals.flatMap(({ step, port, count }) => Array.from({ length: count }, (_, item) => ({ step, port, item }))),
  );
  const passed = input.map((item, index) => ({ ...item, source: places.slice(index, index + 1) }));
  const withApproval = (approval: NonNullable<Item['json'][string]>) =>
    passed.map((item) => ({ ...item, json: { ...item.json, approval } }));
  if (end.by === 'timer') {
    const request = approvalOf(progress);
    if (request === undefined)
      return waits.every(({ kind }) => kind === 'timer') ? { main: passed } : { timeout: passed };
    const port = timeoutPorts[request.onTimeout];
    return { [port]: withApproval(timedOutValue(port, progress.decisions ?? [], at)) };
  }
  if (end.by === 'resume') return { main: end.items.map((item) => ({ ...item, source: places })) };
  return { [end.decision]: withApproval(end.approval) };
}

/** Where the items go when the time of an approval is over. */
const timeoutPorts = {
  timeout: 'timeout',
  approve: 'approved',
  reject: 'rejected',
} as const satisfies Record<ApprovalRequest['onTimeout'], string>;
