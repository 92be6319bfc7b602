import type { CompiledPlan } from '../plan/plan.types.js';
import { apply } from './apply.js';
import { nextCommands } from './next.js';
import { statusOf } from './queries.js';
import type { Command, RunEvent, StepVisit } from './run-events.types.js';
import { createRunState } from './run-state.js';

/**
 * What a journal means, event by event: the status of the run, what is under way, and what is to be done next. Keys of
 * steps are part of it: effects are known by them.
 */
export function storyOf(plan: CompiledPlan, events: readonly RunEvent[]): string[] {
  const state = createRunState(plan);
  return events.map((event, index) => {
    if (!apply(state, event)) throw new Error(`Event ${index + 1} (${event.type}) has no say any more.`);
    const open = [...state.open.values()].map(({ visit, phase, attempt }) => `${phase} ${placeOf(visit, attempt)}`);
    return [statusOf(state), ...open, ...nextCommands(state).map(commandText)].join(' | ');
  });
}

function placeOf({ key, nodeId, iteration, visit }: StepVisit, attempt: number): string {
  return `${nodeId}[${iteration.join()}]#${visit}.${attempt} ${key}`;
}

function commandText(command: Command): string {
  if (!('visit' in command)) return `-> ${JSON.stringify(command)}`;
  const { kind, visit, attempt, ...rest } = command;
  const inputs = visit.inputs.map(({ port, arrivals }) => {
    const from = arrivals.map(({ step, port: left, count }) => `${step}.${left}*${count}`);
    return `${port}=${from.join('+')}`;
  });
  return `-> ${kind} ${placeOf(visit, attempt)} ${inputs.join(' ')} ${JSON.stringify(rest)}`;
}
