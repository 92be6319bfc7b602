import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';

type NodeShape = Pick<WorkflowNode, 'parameters' | 'onError'>;

/** Where items leave a step, in the order they are drawn; a step of an unknown type keeps `main`. */
export function outputPorts(node: NodeShape, descriptor: NodeDescriptor | undefined): Port[] {
  const fixed = descriptor ? descriptor.outputs : [{ name: 'main' }];
  const ports = [...fixed, ...namedByParameters(node, descriptor)];
  if (node.onError === 'errorOutput' && !ports.some((port) => port.name === 'error')) {
    ports.push({ name: 'error', label: 'on error' });
  }
  return uniqueByName(ports);
}

/** Where items enter a step. */
export function inputPorts(node: NodeShape, descriptor: NodeDescriptor | undefined): Port[] {
  if (!descriptor) return [{ name: 'main' }];
  const { inputsFrom } = descriptor;
  if (!inputsFrom) return descriptor.inputs;
  const wanted = Number(node.parameters[inputsFrom.parameter] ?? inputsFrom.defaultCount);
  const count = Number.isInteger(wanted) && wanted > 0 && wanted <= 50 ? wanted : inputsFrom.defaultCount;
  const numbered = Array.from({ length: count }, (_, index) => ({ name: `in${index + 1}`, label: String(index + 1) }));
  return [...descriptor.inputs, ...numbered];
}

function namedByParameters(node: NodeShape, descriptor: NodeDescriptor | undefined): Port[] {
  const from = descriptor?.outputsFrom;
  if (!from) return [];
  const list = node.parameters[from.parameter];
  const names = (Array.isArray(list) ? list : []).map((element: unknown) =>
    typeof element === 'object' && element !== null ? (element as Record<string, unknown>)[from.key] : undefined,
  );
  if (from.also) names.push(node.parameters[from.also]);
  return names.filter((name): name is string => typeof name === 'string' && name !== '').map((name) => ({ name }));
}

function uniqueByName(ports: Port[]): Port[] {
  return ports.filter((port, index) => ports.findIndex((other) => other.name === port.name) === index);
}
