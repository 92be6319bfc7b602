import type { NodeDescriptor, Port } from '@wfaib/sdk/node-descriptor';
import type { WorkflowNode } from '@wfaib/sdk/workflow-document';
import { t } from '../i18n/i18n.js';

type NodeShape = Pick<WorkflowNode, 'parameters' | 'onError'>;

/** Where items leave a step, in the order they are drawn; a step of an unknown type keeps `main`. */
export function outputPorts(node: NodeShape, descriptor: NodeDescriptor | undefined): Port[] {
  const fixed = descriptor ? descriptor.outputs : [{ name: 'main' }];
  const ports = uniqueByName([...fixed, ...namedByParameters(node, descriptor)]);
  if (node.onError !== 'errorOutput' || ports.some((port) => port.name === 'error')) return ports;
  const worked = ports.map((port) => (port.name === 'main' ? { label: t('data.port.success'), ...port } : port));
  return [...worked, { name: 'error', label: t('data.port.error') }];
}

/** What a port is called on the screen; one that the step no longer has keeps its name. */
export const portLabel = (ports: readonly Port[], name: string): string =>
  ports.find((port) => port.name === name)?.label ?? name;

/** Ports of a step by name to choose from, in the order in which the canvas draws them. */
export function portChoices(ports: readonly Port[], names: readonly string[]): { value: string; label: string }[] {
  const drawn = ports.map(({ name }) => name).filter((name) => names.includes(name));
  const gone = names.filter((name) => !drawn.includes(name));
  return [...drawn, ...gone].map((name) => ({ value: name, label: portLabel(ports, name) }));
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
