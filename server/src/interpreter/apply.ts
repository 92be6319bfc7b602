import { withAncestors } from '../plan/reach.js';
import { applyChildEvent, beginCalls, endsWithChildren } from './children.js';
import { ImpossibleEvent } from './interpreter.errors.js';
import { abandonVisit, completeVisit, startWithInput } from './routing.js';
import type { RunEvent, StepKey } from './run-events.types.js';
import type { RunState, VisitProgress } from './run-state.js';
import { startKey } from './step-keys.js';
import { editInput } from './edit-input.js';
import { extendPath } from './step-path.js';
import { enterPhase, hold, openVisit } from './visits.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
type StepEvent = Extract<RunEvent, { step: string; nodeId: string }>;

/**
 * Lets an event happen: changes `state`, in constant time on the whole.
 * @returns false where the event has no say any more and nothing was changed: an outcome or intent for a step that has
 * ended or is at another attempt, an outcome without the claim in force, a second answer, a resume of what is not
 * paused. Such an event must not get into the journal.
 * @throws ImpossibleEvent where the event contradicts the state, for example before the creation or after the end
 */
export function apply(state: RunState, event: RunEvent): boolean {
  if (!state.isCreated && event.type !== 'run.created')
    throw new ImpossibleEvent(event.type, 'the run was never created');
  if (state.finished) throw new ImpossibleEvent(event.type, 'the run has ended');
  const isApplied = 'nodeId' in event ? handleStep(state, event) : handleRun(state, event);
  if (isApplied) state.eventCount++;
  takeInFresh(state);
  return isApplied;
}

function handleRun(state: RunState, event: Exclude<RunEvent, StepEvent>): boolean {
  switch (event.type) {
    case 'run.created':
      return create(state, event);
    case 'input.edited':
      return editInput(state, event);
    case 'run.replied':
      if (state.repliedBy !== undefined) return false;
      state.repliedBy = event.step;
      return true;
    case 'run.cancelRequested':
      return cancel(state);
    case 'run.paused':
      if (state.paused) return false;
      state.paused = { reason: event.reason };
      return true;
    case 'run.resumed':
      if (!state.paused) return false;
      state.paused = undefined;
      return true;
    case 'run.handedOver':
      return handOver(state);
    case 'run.finished':
      finish(state, event);
      break;
  }
  return true;
}

function create(state: RunState, event: Of<'run.created'>): boolean {
  if (state.isCreated) throw new ImpossibleEvent(event.type, 'the run was created before');
  const start = indexOf(state, event, event.start.nodeId);
  state.isCreated = true;
  state.mode = event.mode;
  if (event.stopAt !== undefined) {
    state.stopAt = indexOf(state, event, event.stopAt);
    state.allowed = withAncestors(state.plan, state.stopAt);
  }
  const key = startKey(state.plan, event.start);
  if (event.start.as === 'input') startWithInput(state, start, { key, count: event.start.count });
  else startWithTrigger(state, start, { key, count: event.start.count });
  return true;
}

function startWithTrigger(state: RunState, index: number, { key, count }: { key: StepKey; count: number }): void {
  const node = state.plan.nodes[index]!;
  hold(state.root, index);
  const trigger = openVisit(state, {
    key,
    node: index,
    round: state.root,
    path: extendPath(undefined, -1),
    inputs: [],
  });
  completeVisit(state, trigger, { [node.outputs[0] ?? 'main']: count });
}

function indexOf(state: RunState, event: RunEvent, nodeId: string): number {
  const index = state.plan.indexById.get(nodeId);
  if (index === undefined) throw new ImpossibleEvent(event.type, `the workflow has no node ${nodeId}`);
  return index;
}

function cancel(state: RunState): boolean {
  if (state.stopping) return false;
  state.paused = undefined;
  // With nothing open the work was done before anybody asked: the run ends well.
  if (state.open.size > 0) stop(state, { status: 'cancelled' });
  return true;
}

/** From here on no step starts: retries and waits are dropped, only what was begun under a claim is waited for. */
function stop(state: RunState, stopping: NonNullable<RunState['stopping']>): void {
  state.stopping = stopping;
  for (const progress of state.open.values()) {
    if (progress.phase === 'waiting' || progress.dueAt !== undefined) enterPhase(state, progress, 'ended');
  }
}

function handOver(state: RunState): boolean {
  for (const progress of state.open.values()) {
    if (progress.phase === 'intended') progress.isOrphaned = true;
  }
  return true;
}

function finish(state: RunState, event: Of<'run.finished'>): void {
  const { status, error, result } = event;
  state.finished = { status, ...(error && { error }), ...(result && { result }) };
  state.paused = undefined;
  for (const progress of state.open.values()) enterPhase(state, progress, 'ended');
}

function handleStep(state: RunState, event: StepEvent): boolean {
  const progress = state.open.get(event.step);
  if (!progress || progress.attempt !== event.attempt) return false;
  if (progress.visit.nodeId !== event.nodeId) {
    throw new ImpossibleEvent(
      event.type,
      `the step ${event.step} is of node ${progress.visit.nodeId}, not ${event.nodeId}`,
    );
  }
  if (event.type === 'step.intended') return intend(state, progress, event.claim);
  if (event.type === 'wait.resolved') return resolveWait(state, progress, event);
  if (event.type === 'step.cancelled') return abandon(state, progress);
  if (event.type === 'child.started' || event.type === 'child.ended') return applyChildEvent(state, progress, event);
  if (progress.phase === 'waiting' && !endsWithChildren(progress, event)) return false;
  if (event.type === 'step.waiting') return wait(state, progress, event);
  if (event.type === 'step.calling') return beginCalls(state, progress, event);
  if (event.claim !== progress.claim) return false;
  if (event.type === 'step.succeeded') completeVisit(state, progress, event.outputs);
  else if (event.type === 'step.failed') fail(state, progress, event);
  else retry(state, progress, event);
  return true;
}

/** A claim is taken once; another owner may replace it only after the one who held it was replaced. */
function intend(state: RunState, progress: VisitProgress, claim: string): boolean {
  if (progress.phase === 'waiting') return false;
  if (progress.phase === 'intended' && !progress.isOrphaned) return progress.claim === claim;
  if (progress.phase === 'ready' && state.stopping) return false;
  enterPhase(state, progress, 'intended');
  progress.claim = claim;
  progress.dueAt = undefined;
  return true;
}

function resolveWait(state: RunState, progress: VisitProgress, event: Of<'wait.resolved'>): boolean {
  if (progress.phase !== 'waiting') return false;
  completeVisit(state, progress, event.outputs);
  return true;
}

function abandon(state: RunState, progress: VisitProgress): boolean {
  abandonVisit(state, progress);
  return true;
}

function wait(state: RunState, progress: VisitProgress, event: Of<'step.waiting'>): boolean {
  if (state.stopping) return abandon(state, progress);
  enterPhase(state, progress, 'waiting');
  progress.waits = event.waits;
  progress.claim = undefined;
  progress.dueAt = undefined;
  return true;
}

function retry(state: RunState, progress: VisitProgress, event: Of<'step.retrying'>): void {
  if (state.stopping) return abandonVisit(state, progress);
  enterPhase(state, progress, 'ready');
  progress.attempt++;
  progress.claim = undefined;
  progress.dueAt = event.dueAt;
}

function fail(state: RunState, progress: VisitProgress, event: Of<'step.failed'>): void {
  enterPhase(state, progress, 'ended');
  if (!state.stopping)
    stop(state, { status: 'failed', error: { ...event.error, nodeId: event.error.nodeId ?? event.nodeId } });
}

/** In sequential runs what an event led to comes before all that was there, by position. */
function takeInFresh(state: RunState): void {
  if (state.plan.branches === 'sequential') {
    const rank = (progress: VisitProgress): number => state.plan.nodes[progress.node]!.rank;
    state.stack.push(...state.fresh.sort((a, b) => rank(b) - rank(a)));
    while (state.stack.at(-1)?.phase === 'ended') state.stack.pop();
  }
  state.fresh = [];
}
