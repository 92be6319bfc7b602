import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';

type PortedNode = Pick<WorkflowNode, 'parameters'> & Partial<Pick<WorkflowNode, 'onError'>>;
type Ported = Pick<NodeDescriptor, 'inputs' | 'outputs' | 'inputsFrom' | 'outputsFrom'>;

/** Most input ports a node can ask for; a larger number in a document counts as this. */
export const maxInputPorts = 100;

/**
 * Names of the input ports of a node, in order. Where the descriptor takes their number from a parameter and that
 * parameter is no literal number of at least 1, its default count is used.
 */
export function inputPortsOf(node: PortedNode, descriptor: Ported): string[] {
  const from = descriptor.inputsFrom;
  if (!from) return descriptor.inputs.map((port) => port.name);
  const count = Math.min(literalCount(node.parameters[from.parameter]) ?? from.defaultCount, maxInputPorts);
  return Array.from({ length: count }, (_, index) => `in${index + 1}`);
}

/**
 * Names of the output ports of a node, in order and each once: those of the descriptor, those its parameters name, and
 * `error` where the node routes its failures there.
 */
export function outputPortsOf(node: PortedNode, descriptor: Ported): string[] {
  const names = new Set(descriptor.outputs.map((port) => port.name));
  for (const name of portsNamedByParameters(node, descriptor)) names.add(name);
  if (node.onError === 'errorOutput') names.add('error');
  return [...names];
}

function portsNamedByParameters(node: PortedNode, descriptor: Ported): string[] {
  const from = descriptor.outputsFrom;
  if (!from) return [];
  const list = node.parameters[from.parameter];
  const named = Array.isArray(list) ? list.map((entry) => (entry as Record<string, unknown> | null)?.[from.key]) : [];
  if (from.also !== undefined) named.push(node.parameters[from.also]);
  return named.filter((name): name is string => typeof name === 'string' && name !== '');
}

function literalCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : undefined;
}
