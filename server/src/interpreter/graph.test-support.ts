import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { workflowDocument, type WorkflowDocument, type WorkflowDocumentInput } from '@wfaib/sdk/workflow-document';
import { compilePlan } from '../plan/compile-plan.js';
import type { CompiledPlan } from '../plan/plan.types.js';

type NodeInput = WorkflowDocumentInput['nodes'][number];
type PartialNode = Partial<NodeInput>;

/** A graph as tests write it. */
export interface GraphInput {
  /**
   * Nodes by id, in document order; what is left out is filled in. A text is the type without `core.`:
   * `{ start: 'manual', a: 'noop', both: { type: 'core.merge', parameters: { inputs: 3 } } }`.
   */
  nodes: Record<string, string | PartialNode>;
  /** `a -> b`, with ports `a:true -> m:in1`. */
  connections: string[];
  branches?: 'parallel' | 'sequential';
}

export function aDocument(graph: GraphInput): WorkflowDocument {
  return workflowDocument.parse({
    wfaib: 1,
    name: 'Test',
    nodes: Object.entries(graph.nodes).map(([id, node]) => ({ id, name: id, ...completed(node) })),
    connections: graph.connections.map(parseConnection),
    settings: { branches: graph.branches ?? 'parallel' },
  });
}

export function aPlan(graph: GraphInput): CompiledPlan {
  return compilePlan(aDocument(graph), describeForTests);
}

function completed(node: string | PartialNode): PartialNode & { type: string } {
  return typeof node === 'string' ? { type: `core.${node}` } : { ...node, type: node.type ?? 'core.noop' };
}

function parseConnection(text: string): WorkflowDocumentInput['connections'][number] {
  const [from, to] = text.split('->').map((end) => {
    const [node = '', port] = end.trim().split(':');
    return { node, ...(port !== undefined && { port }) };
  });
  return { from: from!, to: to! };
}

const shapes: Record<string, Partial<NodeDescriptor>> = {
  'core.manual': { isTrigger: true, inputs: [], category: 'trigger' },
  'core.if': { outputs: [{ name: 'true' }, { name: 'false' }] },
  'core.switch': { outputs: [], outputsFrom: { parameter: 'rules', key: 'port', also: 'fallback' } },
  'core.merge': { inputs: [], inputsFrom: { parameter: 'inputs', defaultCount: 2 } },
  'core.loop': {
    inputs: [{ name: 'main' }, { name: 'next' }],
    outputs: [{ name: 'loop' }, { name: 'done' }],
  },
  'http.request': { effect: 'write', weight: 'heavy', work: 'perItem' },
};

/** Describes the handful of node types tests need; any other `core.` type is one input, one output. */
export function describeForTests(type: string): NodeDescriptor | undefined {
  if (!type.startsWith('core.') && !shapes[type]) return undefined;
  return {
    type,
    typeVersion: 1,
    label: type,
    description: '',
    icon: 'circle',
    category: 'flow',
    isTrigger: false,
    inputs: [{ name: 'main' }],
    outputs: [{ name: 'main' }],
    fields: {},
    work: 'once',
    effect: 'none',
    weight: 'light',
    ...shapes[type],
  };
}
