import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CompiledPlan } from '../plan/plan.types.js';
import type { StepKey } from './run-events.types.js';

/** Stands for the step that made the items a run was started with, where they are the input of a node. */
export const inputStep: StepKey = 'input';
/** The port the items of {@link inputStep} come from. */
export const inputPort = 'main';

/** Key of the visit of a trigger: what the run was started with is its output. */
export function triggerKey(plan: CompiledPlan, nodeId: string, edit?: string): StepKey {
  if (!plan.indexById.has(nodeId)) throw new RangeError(`The plan has no node ${nodeId}.`);
  return keyOf(edit === undefined ? ['trigger', nodeId] : ['trigger', nodeId, edit]);
}

/** The step whose items the run was started with: its trigger, or what stands before its first node. */
export function startKey(
  plan: CompiledPlan,
  start: { nodeId: string; as: 'trigger' | 'input'; edit?: string },
): StepKey {
  if (start.as === 'trigger') return triggerKey(plan, start.nodeId, start.edit);
  return start.edit === undefined ? inputStep : keyOf(['input', start.edit]);
}

/** Stands for the step that made the items which took the place of a visit's input. */
export function editedInput(visit: StepKey, edit: string): StepKey {
  return keyOf(['edited', visit, edit]);
}

/** Key of a visit that one arrival led to. */
export function visitKey(nodeId: string, toPort: string, from: { step: StepKey; port: string }): StepKey {
  return keyOf(['visit', nodeId, toPort, from.step, from.port]);
}

/** Key of the one visit of a merge in a round. `round` is the key of the loop visit that opened it, empty outside of loops. */
export function mergeKey(nodeId: string, round: StepKey): StepKey {
  return keyOf(['merge', nodeId, round]);
}

/** Key of visit `count` of a loop that was entered by the arrival named in `entry`. */
export function loopKey(entry: StepKey, count: number): StepKey {
  return keyOf(['loop', entry, count]);
}

/** Key of the visit that undoes the visit `step`. */
export function undoKey(step: StepKey): StepKey {
  return keyOf(['undo', step]);
}

/** 128 bits are enough: a run would need 10^16 steps for two to meet by chance. */
function keyOf(parts: readonly (string | number)[]): StepKey {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))).subarray(0, 16));
}
