import type { StepError } from '@wfaib/sdk/errors';
import { retryPolicyOf } from '@wfaib/sdk/workflow-document';
import { retryDecision } from './retry-policy.js';
import { abandonVisit } from './routing.js';
import type { CallSpec, Command, RunEvent } from './run-events.types.js';
import type { RunState, VisitProgress } from './run-state.js';
import { enterPhase } from './visits.js';

/** Most runs that one append begins. */
const mostAtOnce = 50;

/** The runs of other workflows that a step calls, as far as they have come. */
export interface CallProgress extends CallSpec {
  /** When the try began that calls them; milliseconds since 1970. */
  startedAt: number;
  /** Run ids of those at work, by index. */
  running: Map<number, string>;
  /** Run ids of those that ended well, or that begun where nobody waits; by index. Kept over tries. */
  done: Map<number, string>;
  /** Why the others did not, by index. */
  failed: Map<number, StepError>;
  /** None of a smaller index is still to begin. */
  cursor: number;
  /** A failure was met that ends this try: no other run begins. */
  isStopped: boolean;
}

type ChildEvent = Extract<RunEvent, { type: 'child.started' | 'child.ended' }>;

/** Another try of a step goes on with what ended well before. */
export function beginCalls(
  state: RunState,
  progress: VisitProgress,
  { calls, startedAt }: Extract<RunEvent, { type: 'step.calling' }>,
): boolean {
  if (progress.phase !== 'ready') return false;
  if (state.stopping && progress.visit.undoes === undefined) {
    abandonVisit(state, progress);
    return true;
  }
  enterPhase(state, progress, 'waiting');
  progress.dueAt = undefined;
  progress.calls = {
    ...calls,
    startedAt,
    running: new Map(),
    done: progress.calls?.done ?? new Map(),
    failed: new Map(),
    cursor: 0,
    isStopped: false,
  };
  return true;
}

/** A run that was begun or has ended. @returns false where the step waits for no such run */
export function applyChildEvent(state: RunState, progress: VisitProgress, event: ChildEvent): boolean {
  const { calls } = progress;
  if (progress.phase !== 'waiting' || !calls) return false;
  const isDone = event.type === 'child.started' ? begin(calls, event) : end(state, progress, calls, event);
  if (isDone) progress.command = undefined;
  return isDone;
}

function begin(calls: CallProgress, { index, runId }: Extract<ChildEvent, { type: 'child.started' }>): boolean {
  if (calls.running.has(index) || calls.done.has(index)) return false;
  (calls.isAwaited ? calls.running : calls.done).set(index, runId);
  calls.cursor = Math.max(calls.cursor, index + 1);
  return true;
}

function end(
  state: RunState,
  progress: VisitProgress,
  calls: CallProgress,
  event: Extract<ChildEvent, { type: 'child.ended' }>,
): boolean {
  const { index, runId, status, error } = event;
  if (calls.running.get(index) !== runId || calls.done.has(index) || calls.failed.has(index)) return false;
  calls.running.delete(index);
  calls.cursor = Math.max(calls.cursor, index + 1);
  if (status === 'succeeded' && runId !== undefined) calls.done.set(index, runId);
  else {
    const failure = error ?? { code: 'call.failed', message: `The called run ${status}.` };
    calls.failed.set(index, failure);
    calls.isStopped ||= endsTry(state, progress, failure);
  }
  return true;
}

/** As with every step that works item by item: a failure that is final for its item alone lets the others go on. */
function endsTry(state: RunState, progress: VisitProgress, error: StepError): boolean {
  const { node } = state.plan.nodes[progress.node]!;
  return (
    node.onError === 'stop' ||
    node.onError === 'pause' ||
    retryDecision(retryPolicyOf(node), progress.attempt, error, 0) !== undefined
  );
}

/** Whether a step that waits may end with this event: one that calls, once none of its runs is at work. */
export function endsWithChildren({ calls }: VisitProgress, { type }: RunEvent): boolean {
  return calls?.running.size === 0 && ['step.succeeded', 'step.failed', 'step.retrying'].includes(type);
}

/** What a step that calls asks for now; undefined while there is nothing to do but wait for its runs. */
export function callCommandOf(
  { visit, attempt }: VisitProgress,
  calls: CallProgress,
): Extract<Command, { kind: 'call' }> | undefined {
  const begin = calls.isStopped ? [] : indexesToBegin(calls);
  const isOver = begin.length === 0 && calls.running.size === 0;
  return begin.length > 0 || isOver ? { kind: 'call', visit, attempt, begin, isOver } : undefined;
}

function indexesToBegin({ count, concurrency, isAwaited, running, done, cursor }: CallProgress): number[] {
  const most = isAwaited ? Math.min(mostAtOnce, concurrency - running.size) : mostAtOnce;
  const indexes: number[] = [];
  for (let index = cursor; index < count && indexes.length < most; index++) {
    if (!done.has(index)) indexes.push(index);
  }
  return indexes;
}
