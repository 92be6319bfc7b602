import type { StepError } from '@wfaib/sdk/errors';
import type { Item, ItemInput, JsonObject } from '@wfaib/sdk/items';
import type { StepVisit } from '../../interpreter/run-events.types.js';
import type { OutputItem } from '../../nodes/core-node.types.js';
import type { PlanNode } from '../../plan/plan.types.js';
import type { StepInput } from './step-input.js';

type Outputs = Record<string, Item[]>;

/** The items a node made, ready to be stored; an empty result becomes one empty item where the node asks for it. */
export function outputsOf(node: PlanNode, made: Record<string, OutputItem[]>): Outputs {
  const isEmpty = Object.values(made).every((items) => items.length === 0);
  if (isEmpty && node.node.alwaysOutput === true) return { [firstPort(node)]: [{ json: {}, source: [] }] };
  return made;
}

/** A disabled node passes its first input on by its first port, a loop by `done`. */
export function skippedPorts(node: PlanNode, visit: StepVisit, input: StepInput): { from: string; to: string } {
  const from = visit.inputs.find(({ arrivals }) => arrivals.length > 0)?.port ?? input.firstPort;
  return { from, to: node.role === 'loop' ? 'done' : firstPort(node) };
}

/** The same with the items. */
export function skippedOutputs(node: PlanNode, visit: StepVisit, input: StepInput): Outputs {
  const { from, to } = skippedPorts(node, visit, input);
  return { [to]: input.items(from).map((item, index) => ({ ...item, source: [input.placeOf(from, index)] })) };
}

/** Pinned items stand in for the work of the node; equal counts pair by position. */
export function pinnedOutputs(node: PlanNode, pinned: readonly ItemInput[], input: StepInput): Outputs {
  const count = input.first.length;
  const sourceOf = (index: number) => {
    if (count === 1) return [input.placeOf(input.firstPort, 0)];
    return count === pinned.length ? [input.placeOf(input.firstPort, index)] : [];
  };
  return { [firstPort(node)]: pinned.map((item, index) => ({ ...item, source: sourceOf(index) })) };
}

/** What an item of a step that failed as a whole and goes on carries besides its own fields. */
export function errorField(node: PlanNode, error: StepError): JsonObject {
  const { code, message, status, details } = error;
  const told = {
    code,
    message,
    nodeId: error.nodeId ?? node.id,
    ...(status === undefined ? {} : { status }),
    ...(details === undefined ? {} : { details }),
  };
  return { error: told as JsonObject };
}

/** Where the items of a step that failed as a whole and goes on leave it. */
export function failedPort(node: PlanNode): string {
  return node.node.onError === 'errorOutput' ? 'error' : firstPort(node);
}

/** A step that failed as a whole and goes on: its input items with the error, or one item where it had none. */
export function failedWholly(node: PlanNode, input: StepInput, error: StepError): Outputs {
  const failed = errorField(node, error);
  const items = input.first.map((item, index) => ({
    ...item,
    json: { ...item.json, ...failed },
    source: [input.placeOf(input.firstPort, index)],
  }));
  return { [failedPort(node)]: items.length > 0 ? items : [{ json: failed, source: [] }] };
}

export function firstPort(node: PlanNode): string {
  return node.outputs[0] ?? 'main';
}
