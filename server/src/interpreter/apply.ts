import { withAncestors } from '../plan/reach.js';
import { takeDecision } from './approvals.js';
import { applyChildEvent, beginCalls, endsWithChildren } from './children.js';
import { decideUndo, endUndo, failUndo, noteDone, noteFailed, noteTry, undoNextLayer } from './compensation.js';
import { timeoutError } from './endings.js';
import { holdVisit, releaseVisit } from './holding.js';
import { ImpossibleEvent, UnknownEvent } from './interpreter.errors.js';
import { abandonVisit, completeVisit, startWithInput } from './routing.js';
import type { RunEvent, StepKey } from './run-events.types.js';
import type { RunState, Stopping, VisitProgress } from './run-state.js';
import { startKey } from './step-keys.js';
import { editInput } from './edit-input.js';
import { isKnownEvent } from './known-events.js';
import { extendPath } from './step-path.js';
import { enterPhase, hold, openVisit } from './visits.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
type StepEvent = Extract<RunEvent, { step: string; nodeId: string }>;

/**
 * Lets an event happen: changes `state`, in constant time on the whole.
 * @returns false where the event has no say any more and nothing was changed: an outcome or intent for a step that has
 * ended or is at another attempt, an outcome without the claim in force, a second answer or decision, a resume of what
 * is not paused. Such an event must not get into the journal.
 * @throws ImpossibleEvent where the event contradicts the state, for example before the creation or after the end
 * @throws UnknownEvent where a newer version wrote it
 */
export function apply(state: RunState, event: RunEvent): boolean {
  if (!isKnownEvent(event.type)) throw new UnknownEvent(event.type);
  if (!state.isCreated && event.type !== 'run.created')
    throw new ImpossibleEvent(event.type, 'the run was never created');
  if (state.finished && !mayFollowTheEnd(state, event)) throw new ImpossibleEvent(event.type, 'the run has ended');
  const isApplied = 'nodeId' in event ? handleStep(state, event) : handleRun(state, event);
  if (isApplied) undoNextLayer(state);
  if (isApplied) state.eventCount++;
  takeInFresh(state);
  return isApplied;
}

/** What could not be undone is decided upon after the end. */
function mayFollowTheEnd(state: RunState, event: RunEvent): boolean {
  return event.type === 'step.decided' && state.finished?.compensation === 'failed';
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
      return cancel(state, event);
    case 'run.timedOut':
      return timeOut(state);
    case 'run.paused':
      if (state.paused) return false;
      state.paused = { reason: event.reason };
      return true;
    case 'run.resumed':
      if (!state.paused || state.heldCount > 0) return false;
      state.paused = undefined;
      return true;
    case 'run.handedOver':
      return handOver(state, event);
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
  state.beginAt = event.at;
  state.mode = event.mode;
  state.undone = new Map(Object.entries(event.undone ?? {}));
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

function cancel(state: RunState, { isForced }: Of<'run.cancelRequested'>): boolean {
  if (state.stopping && (!isForced || state.stopping.isForced)) return false;
  state.paused = undefined;
  if (state.stopping) state.stopping = { ...state.stopping, isForced: true };
  // With nothing open the work was done before anybody asked: the run ends well.
  else if (state.open.size > 0) stop(state, { status: 'cancelled', ...(isForced && { isForced }) });
  return true;
}

function timeOut(state: RunState): boolean {
  if (state.stopping || state.open.size === 0) return false;
  state.paused = undefined;
  stop(state, { status: 'failed', error: timeoutError(state.plan.timeoutMs ?? 0) });
  return true;
}

/** From here on no step starts: retries and waits are dropped, only what was begun under a claim is waited for. */
function stop(state: RunState, stopping: Stopping): void {
  state.stopping = stopping;
  if (state.heldCount > 0) state.paused = undefined;
  for (const progress of state.open.values()) {
    const isIdle = progress.phase === 'waiting' || progress.phase === 'held' || progress.attempt > 1;
    if (progress.phase === 'intended' || !isIdle) continue;
    noteFailed(state, progress);
    enterPhase(state, progress, 'ended');
  }
}

function handOver(state: RunState, { at, isClean, isBegin }: Of<'run.handedOver'>): boolean {
  if (isBegin) state.beginAt = at;
  for (const progress of state.open.values()) {
    if (progress.phase !== 'intended') continue;
    progress.isOrphaned = true;
    if (!isClean) progress.isUncertain = true;
  }
  return true;
}

function finish(state: RunState, event: Of<'run.finished'>): void {
  const { type: _, at: __, ...finished } = event;
  state.finished = finished;
  state.paused = undefined;
  for (const progress of state.open.values()) enterPhase(state, progress, 'ended');
}

function handleStep(state: RunState, event: StepEvent): boolean {
  const progress = state.open.get(event.step) ?? state.compensation.failed.get(event.step);
  if (!progress || progress.attempt !== event.attempt) return false;
  if (progress.visit.nodeId !== event.nodeId) {
    throw new ImpossibleEvent(
      event.type,
      `the step ${event.step} is of node ${progress.visit.nodeId}, not ${event.nodeId}`,
    );
  }
  if (event.type === 'step.decided') return decide(state, progress, event);
  // What was at work is left as it is.
  if (state.stopping?.isForced) return false;
  if (progress.phase === 'held' || progress.phase === 'ended') return false;
  if (event.type === 'step.intended') return intend(state, progress, event.claim);
  if (event.type === 'wait.decided') return takeDecision(progress, event);
  if (event.type === 'wait.resolved') return resolveWait(state, progress, event);
  if (event.type === 'step.cancelled') return abandon(state, progress);
  if (event.type === 'child.started' || event.type === 'child.ended') return applyChildEvent(state, progress, event);
  if (progress.phase === 'waiting' && !endsWithChildren(progress, event)) return false;
  if (event.type === 'step.waiting') return wait(state, progress, event);
  if (event.type === 'step.calling') return beginCalls(state, progress, event);
  if (event.claim !== progress.claim) return false;
  if (event.type === 'step.succeeded') succeed(state, progress, event);
  else if (event.type === 'step.failed') fail(state, progress, event);
  else if (event.type === 'step.paused') holdVisit(state, progress, event);
  else retry(state, progress, event);
  return true;
}

const undoes = ({ visit }: VisitProgress): boolean => visit.undoes !== undefined;

function decide(state: RunState, progress: VisitProgress, event: Of<'step.decided'>): boolean {
  if (!undoes(progress)) return releaseVisit(state, progress, event);
  return event.action !== 'use' && decideUndo(state, event.step, event.action);
}

function succeed(state: RunState, progress: VisitProgress, event: Of<'step.succeeded'>): void {
  if (undoes(progress)) return endUndo(state, progress, event.outputs);
  if (event.error) noteFailed(state, progress, event.error);
  else if (event.status === 'succeeded') noteDone(state, progress, event.outputs);
  completeVisit(state, progress, event.outputs);
}

/** A claim is taken once; another owner may replace it only after the one who held it was replaced. */
function intend(state: RunState, progress: VisitProgress, claim: string): boolean {
  if (progress.phase === 'waiting') return false;
  if (progress.phase === 'intended' && !progress.isOrphaned) return progress.claim === claim;
  if (progress.phase === 'ready' && state.stopping && !undoes(progress)) return false;
  enterPhase(state, progress, 'intended');
  progress.claim = claim;
  progress.dueAt = undefined;
  return true;
}

function resolveWait(state: RunState, progress: VisitProgress, event: Of<'wait.resolved'>): boolean {
  if (progress.phase !== 'waiting') return false;
  if (undoes(progress)) endUndo(state, progress, event.outputs);
  else {
    noteDone(state, progress, event.outputs);
    completeVisit(state, progress, event.outputs);
  }
  return true;
}

/** A step that was at work when it was stopped may have had its effect; one that undoes is not stopped. */
function abandon(state: RunState, progress: VisitProgress): boolean {
  if (undoes(progress)) return false;
  if (progress.phase === 'intended') progress.isUncertain = true;
  noteFailed(state, progress);
  abandonVisit(state, progress);
  return true;
}

function wait(state: RunState, progress: VisitProgress, event: Of<'step.waiting'>): boolean {
  if (state.stopping && !undoes(progress)) return end(state, progress);
  enterPhase(state, progress, 'waiting');
  progress.waits = event.waits;
  progress.claim = undefined;
  progress.dueAt = undefined;
  return true;
}

function retry(state: RunState, progress: VisitProgress, event: Of<'step.retrying'>): void {
  noteLeftover(progress, event);
  if (state.stopping && !undoes(progress)) return void end(state, progress);
  enterPhase(state, progress, 'ready');
  progress.attempt++;
  progress.claim = undefined;
  progress.dueAt = event.dueAt;
}

/** A step of a run that is being stopped comes to nothing more. */
function end(state: RunState, progress: VisitProgress): boolean {
  noteFailed(state, progress);
  abandonVisit(state, progress);
  return true;
}

function noteLeftover(progress: VisitProgress, event: Of<'step.failed' | 'step.retrying'>): void {
  noteTry(progress, event.error, event.done);
  if (event.isUncertain) progress.isUncertain = true;
}

function fail(state: RunState, progress: VisitProgress, event: Of<'step.failed'>): void {
  if (undoes(progress)) return failUndo(state, progress, event.error);
  noteLeftover(progress, event);
  noteFailed(state, progress);
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
