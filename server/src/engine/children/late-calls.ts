import type { CallProgress } from '../../interpreter/children.js';
import type { VisitProgress } from '../../interpreter/run-state.js';
import type { RunMemory } from '../runner/run-memory.js';
import { stepTimeout } from '../steps/with-timeout.js';

/** A step that waits for runs it calls, and when its time is over; milliseconds since 1970. */
export interface TimedCall {
  progress: VisitProgress & { calls: CallProgress };
  dueAt: number;
}

/** Steps that wait for called runs and have a time limit. */
export function timedCalls({ state, plan, hasEnded }: RunMemory): TimedCall[] {
  if (hasEnded || state.waitingCount === 0 || !plan.nodes.some(isTimed)) return [];
  return [...state.open.values()].filter(waitsForRuns).flatMap((progress) => {
    const { timeoutMs } = plan.nodes[progress.node]!.node;
    return timeoutMs === undefined ? [] : [{ progress, dueAt: progress.calls.startedAt + timeoutMs }];
  });
}

const isTimed = ({ type, node }: RunMemory['plan']['nodes'][number]): boolean =>
  type === 'core.call' && node.timeoutMs !== undefined;

function waitsForRuns(progress: VisitProgress): progress is TimedCall['progress'] {
  return progress.phase === 'waiting' && (progress.calls?.running.size ?? 0) > 0;
}

/**
 * Ends the calls of steps whose time is over: their runs are to be cancelled, and what was to come is not begun. What ended
 * before is kept, as with every step that works item by item.
 */
export function endLateCalls(memory: RunMemory, now: number, newId: () => string): void {
  if (memory.state.paused) return;
  for (const { progress, dueAt } of timedCalls(memory)) if (dueAt <= now) endCalls(memory, progress, now, newId);
}

function endCalls(
  memory: RunMemory,
  { visit, attempt, calls }: TimedCall['progress'],
  at: number,
  newId: () => string,
): void {
  const node = memory.node(visit.nodeId);
  const error = stepTimeout(node, node.node.timeoutMs!).error;
  const { key: step, nodeId, iteration } = visit;
  const ended = { type: 'child.ended', at, status: 'failed', error, step, nodeId, iteration, attempt } as const;
  for (const [index, runId] of calls.running) {
    memory.record({ ...ended, index, runId });
    const body = { by: 'the run that called it' };
    memory.draft.news.push({ id: newId(), runId, kind: 'cancel', step: null, body, dedupe: 'cancel' });
  }
  for (let index = 0; index < calls.count && !calls.isStopped; index++)
    if (!calls.done.has(index) && !calls.failed.has(index)) memory.record({ ...ended, index });
}
