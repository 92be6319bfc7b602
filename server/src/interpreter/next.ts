import type { Command } from './run-events.types.js';
import { resultOf } from './result.js';
import type { RunState, VisitProgress } from './run-state.js';

/**
 * What is to be done now, derived from the state alone: the same state gives the same commands in the same order, oldest
 * visit first. A command stays in the list until an event answers it, so a caller remembers what it has begun.
 * Begun under a claim (`step.intended`) a step leaves the list, and comes back after a hand-over.
 * @param limit most commands wanted; a list of many is cheap to begin and dear to copy. @defaultValue no limit
 */
export function nextCommands(state: RunState, limit = Infinity): Command[] {
  if (!state.isCreated || state.finished || state.paused) return [];
  if (state.stopping) return stoppingCommands(state, limit);
  if (state.open.size === 0) {
    const result = resultOf(state);
    return [{ kind: 'finish', status: 'succeeded', ...(result && { result }) }];
  }
  if (state.plan.branches === 'sequential') return take(lastOf(state.stack), limit);
  return take(state.open.values(), limit);
}

function stoppingCommands(state: RunState, limit: number): Command[] {
  if (state.intendedCount > 0) return take(orphansOf(state), limit);
  return [{ kind: 'finish', ...state.stopping! }];
}

function* orphansOf(state: RunState): Generator<VisitProgress> {
  for (const progress of state.open.values()) if (progress.isOrphaned) yield progress;
}

function* lastOf(stack: VisitProgress[]): Generator<VisitProgress> {
  const last = stack.at(-1);
  if (last) yield last;
}

function take(visits: Iterable<VisitProgress>, limit: number): Command[] {
  const commands: Command[] = [];
  for (const progress of visits) {
    if (commands.length >= limit) break;
    const command = commandOf(progress);
    if (command) commands.push(command);
  }
  return commands;
}

function commandOf(progress: VisitProgress): Command | undefined {
  if (progress.phase === 'intended' && !progress.isOrphaned) return undefined;
  return (progress.command ??= makeCommand(progress));
}

function makeCommand(progress: VisitProgress): Command {
  const { visit, attempt, dueAt, claim, waits } = progress;
  if (progress.phase === 'waiting') return { kind: 'wait', visit, attempt, waits: waits ?? [] };
  return { kind: 'step', visit, attempt, ...(dueAt !== undefined && { dueAt }), ...(claim !== undefined && { claim }) };
}
