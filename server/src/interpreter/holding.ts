import { noteDone, noteFailed, noteTry } from './compensation.js';
import type { RunEvent } from './run-events.types.js';
import { completeVisit } from './routing.js';
import type { RunState, VisitProgress } from './run-state.js';
import { enterPhase } from './visits.js';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

/** A step failed, and a person is to decide what becomes of it: nothing begins until then, what is at work finishes. */
export function holdVisit(state: RunState, progress: VisitProgress, event: Of<'step.paused'>): void {
  noteTry(progress, event.error, event.done);
  if (event.isUncertain) progress.isUncertain = true;
  progress.error = event.error;
  if (state.stopping) {
    noteFailed(state, progress);
    return enterPhase(state, progress, 'ended');
  }
  enterPhase(state, progress, 'held');
  state.paused ??= { reason: event.error.message };
}

/** A person decided. With the last decision the run goes on. @returns false where nothing is to be decided */
export function releaseVisit(state: RunState, progress: VisitProgress, event: Of<'step.decided'>): boolean {
  if (progress.phase !== 'held' || event.action === 'done') return false;
  progress.error = undefined;
  if (event.action === 'retry') {
    progress.attempt++;
    progress.claim = undefined;
    enterPhase(state, progress, 'ready');
  } else {
    const outputs = event.outputs ?? {};
    if (event.action === 'use') noteDone(state, progress, outputs);
    else noteFailed(state, progress);
    completeVisit(state, progress, outputs);
  }
  if (state.heldCount === 0) state.paused = undefined;
  return true;
}
