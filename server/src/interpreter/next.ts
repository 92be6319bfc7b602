import { callCommandOf } from './children.js';
import type { Command } from './run-events.types.js';
import { compensationOf, isUndoing } from './compensation.js';
import { endingOf } from './endings.js';
import { resultOf } from './result.js';
import type { RunState, VisitProgress } from './run-state.js';

/**
 * What is to be done now, derived from the state alone: the same state gives the same commands in the same order, oldest
 * visit first. A command stays in the list until an event answers it, so a caller remembers what it has begun.
 * Begun under a claim (`step.intended`) a step leaves the list, and comes back after a hand-over.
 * @param limit most commands wanted. @defaultValue no limit
 */
export function nextCommands(state: RunState, limit = Infinity): Command[] {
  const commands: Command[] = [];
  for (const command of eachCommand(state)) {
    if (commands.length >= limit) break;
    commands.push(command);
  }
  return commands;
}

/** {@link nextCommands} one by one, for a caller that looks for the first of a kind among very many. No event between two. */
export function* eachCommand(state: RunState): Generator<Command> {
  if (!state.isCreated || state.finished || state.paused) return;
  if (mayFinish(state)) {
    yield finishOf(state);
    return;
  }
  for (const progress of candidatesOf(state)) {
    const command = commandOf(progress);
    if (command) yield command;
  }
}

function mayFinish(state: RunState): boolean {
  if (!state.stopping) return state.open.size === 0;
  return state.stopping.isForced === true || (state.intendedCount === 0 && !isUndoing(state));
}

function finishOf(state: RunState): Command {
  if (state.stopping) {
    const compensation = compensationOf(state);
    return { kind: 'finish', ...endingOf(state, state.stopping), ...(compensation && { compensation }) };
  }
  const result = resultOf(state);
  return { kind: 'finish', status: 'succeeded', ...(result && { result }) };
}

function candidatesOf(state: RunState): Iterable<VisitProgress> {
  if (isUndoing(state)) return state.compensation.open;
  if (state.stopping) return orphansOf(state);
  return state.plan.branches === 'sequential' ? state.stack.slice(-1) : state.open.values();
}

function* orphansOf(state: RunState): Generator<VisitProgress> {
  for (const progress of state.open.values()) if (progress.isOrphaned) yield progress;
}

function commandOf(progress: VisitProgress): Command | undefined {
  if (progress.phase === 'held' || (progress.phase === 'intended' && !progress.isOrphaned)) return undefined;
  return (progress.command ??= makeCommand(progress));
}

function makeCommand(progress: VisitProgress): Command | undefined {
  const { visit, attempt, dueAt, claim, waits } = progress;
  if (progress.phase === 'waiting' && progress.calls) return callCommandOf(progress, progress.calls);
  if (progress.phase === 'waiting') return { kind: 'wait', visit, attempt, waits: waits ?? [] };
  return { kind: 'step', visit, attempt, ...(dueAt !== undefined && { dueAt }), ...(claim !== undefined && { claim }) };
}
