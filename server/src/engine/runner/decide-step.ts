import type { ItemInput } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { StepInput } from '../steps/step-input.js';
import { pinnedOutputs, skippedOutputs } from '../steps/step-outputs.js';
import { keepOutputs, putOutputs } from './put-outputs.js';
import type { RunMemory } from './run-memory.js';

/** What becomes of a step that the run is paused at. */
export type StepChoice =
  | { action: 'retry' }
  /** The run goes on without it. `input`: what it was given passes on. */
  | { action: 'skip'; with: 'input' | 'nothing' }
  /** These items stand for its output. */
  | { action: 'use'; items: ItemInput[] };

/** Records what a person decided about a step. @returns false where it is not paused any more */
export function decideStep(
  memory: RunMemory,
  visit: StepVisit,
  input: StepInput,
  choice: StepChoice,
  when: { at: number; by?: string },
): boolean {
  const progress = memory.state.open.get(visit.key);
  if (progress?.phase !== 'held') return false;
  const outputs = outputsOf(memory, visit, input, choice);
  const { counts, rows } = putOutputs(visit.key, { outputs });
  const { key: step, nodeId, iteration } = visit;
  const isOver = choice.action !== 'retry';
  const fact = { step, nodeId, iteration, attempt: progress.attempt };
  memory.record({ type: 'step.decided', ...when, action: choice.action, ...(isOver && { outputs: counts }), ...fact });
  keepOutputs(memory, step, { outputs }, rows);
  return true;
}

function outputsOf(
  memory: RunMemory,
  visit: StepVisit,
  input: StepInput,
  choice: StepChoice,
): ReturnType<typeof skippedOutputs> {
  const node = memory.node(visit.nodeId);
  if (choice.action === 'use') return pinnedOutputs(node, choice.items, input);
  return choice.action === 'skip' && choice.with === 'input' ? skippedOutputs(node, visit, input) : {};
}
