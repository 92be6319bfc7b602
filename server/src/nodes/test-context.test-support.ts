import { evaluateDeep } from '@wfaib/sdk/expressions/deep';
import type { ExpressionScope } from '@wfaib/sdk/expressions/scope.types';
import type { Item, ItemInput, ItemSource, JsonObject } from '@wfaib/sdk/items';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { inputPortsOf } from '../plan/ports.js';
import type { CoreNode, NodeContext, NodeResult } from './core-node.types.js';
import { withDefaults } from './parameters.js';

/** What matters of a step in a test; everything else is filled in. */
export interface TestStep {
  parameters?: Record<string, unknown>;
  /** Bodies of the items on the first input port. */
  items?: JsonObject[];
  /** Items by input port, where their bodies alone do not say enough. */
  inputs?: Record<string, ItemInput[]>;
  node?: Partial<WorkflowNode>;
  context?: Partial<NodeContext>;
}

/** The time of every step in a test: 2026-03-01T12:00:00Z. */
export const testNow = Date.UTC(2026, 2, 1, 12);

/** Bodies as items without lineage. */
export function itemsOf(...bodies: JsonObject[]): ItemInput[] {
  return bodies.map((json) => ({ json }));
}

/** Place of an input item in a test: item `index` of the step that feeds `port`. */
export function placeOn(port: string, index: number): ItemSource {
  return { step: `before ${port}`, port: 'main', item: index };
}

/** A context with real expressions and the defaults of the descriptor, but no server behind it. */
export function testContext(coreNode: CoreNode, step: TestStep = {}): NodeContext {
  const { descriptor } = coreNode;
  const node: WorkflowNode = {
    id: 'n1',
    name: 'Node under test',
    type: descriptor.type,
    parameters: step.parameters ?? {},
    onError: 'stop',
    ...step.node,
  };
  const firstPort = inputPortsOf(node, descriptor)[0] ?? 'main';
  const given = Object.entries({ [firstPort]: (step.items ?? []).map((json) => ({ json })), ...step.inputs });
  const inputs = new Map(given.map(([port, list]) => [port, list.map((item): Item => ({ ...item, source: [] }))]));
  const items = (port = 'main'): Item[] => inputs.get(port) ?? [];
  const full = withDefaults(node.parameters, descriptor);
  const evaluate = (value: unknown, itemIndex: number, port = firstPort): unknown =>
    evaluateDeep(value, scopeOf(items(port), itemIndex));
  return {
    node,
    descriptor,
    iteration: [],
    visit: 0,
    idempotencyKey: (itemIndex = 0, page = 0) => `key-${itemIndex}-${page}`,
    now: testNow,
    timezone: 'UTC',
    signal: new AbortController().signal,
    items,
    itemCount: (port) => items(port).length,
    offset: 0,
    placeOf: placeOn,
    parameter: <T>(name: string, itemIndex = 0) => evaluate(full[name], itemIndex) as T,
    evaluate,
    breathe: () => Promise.resolve(),
    ports: {},
    ...step.context,
  };
}

function scopeOf(items: Item[], itemIndex: number): ExpressionScope {
  const item = items[itemIndex];
  return {
    json: item?.json ?? {},
    item,
    itemIndex,
    input: { items },
    node: () => undefined,
    now: testNow,
    timezone: 'UTC',
    vars: {},
    run: { id: 'run-1' },
    workflow: { id: 'wf-1', name: 'Workflow' },
  };
}

/** Runs a node as a step would. */
export async function runNode(coreNode: CoreNode, step: TestStep = {}): Promise<NodeResult> {
  return coreNode.run(testContext(coreNode, step));
}

/** Runs a node and shows the bodies of what leaves it, by port. */
export async function bodiesFrom(coreNode: CoreNode, step: TestStep = {}): Promise<Record<string, JsonObject[]>> {
  const { outputs } = await runNode(coreNode, step);
  return Object.fromEntries(Object.entries(outputs).map(([port, items]) => [port, items.map((item) => item.json)]));
}
