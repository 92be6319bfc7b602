import type { Field } from '@wfaib/sdk/fields';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import type { WorkflowDocument, WorkflowNode } from '@wfaib/sdk/workflow-document';
import { renameNode } from './rename-node.js';
import { inputPorts, outputPorts } from '../../../shared/steps/ports.js';
import { uniqueName } from './unique-name.js';

/**
 * Makes a step one of another type. What both types know by the same name stays, connections go on to the port of the
 * same name or to the one in the same place, and a step that was named after its type is named after the new one.
 */
export function replaceNode(
  document: WorkflowDocument,
  id: string,
  before: NodeDescriptor | undefined,
  after: NodeDescriptor,
): void {
  const node = document.nodes.find((candidate) => candidate.id === id);
  if (!node) return;
  const old = { inputs: inputPorts(node, before), outputs: outputPorts(node, before) };
  const parameters = Object.entries(node.parameters).filter(([name, value]) => fits(after.fields[name], value));
  node.type = after.type;
  node.typeVersion = after.typeVersion;
  node.parameters = Object.fromEntries(parameters);
  const slots = new Set((after.credentials ?? []).map(({ slot }) => slot));
  const credentials = Object.entries(node.credentials ?? {}).filter(([slot]) => slots.has(slot));
  if (credentials.length > 0) node.credentials = Object.fromEntries(credentials);
  else delete node.credentials;
  if (before && isNamedAfter(node, before)) {
    const taken = new Set(document.nodes.filter((other) => other !== node).map(({ name }) => name));
    renameNode(document, id, uniqueName(after.label, taken));
  }
  const inputs = portMap(names(old.inputs), names(inputPorts(node, after)));
  const outputs = portMap(names(old.outputs), names(outputPorts(node, after)));
  document.connections = document.connections.flatMap(({ from, to }) => {
    const fromPort = from.node === id ? outputs(from.port) : from.port;
    const toPort = to.node === id ? inputs(to.port) : to.port;
    if (fromPort === undefined || toPort === undefined) return [];
    return [{ from: { node: from.node, port: fromPort }, to: { node: to.node, port: toPort } }];
  });
}

const names = (ports: { name: string }[]) => ports.map(({ name }) => name);

const isNamedAfter = (node: WorkflowNode, { label }: NodeDescriptor) => node.name.replace(/ \d+$/, '') === label;

function portMap(before: string[], after: string[]): (port: string) => string | undefined {
  return (port) => (after.includes(port) ? port : after[Math.max(0, before.indexOf(port))]);
}

/** Whether a value can stand in a field. An expression can stand anywhere. */
function fits(field: Field | undefined, value: unknown): boolean {
  if (!field) return false;
  if (typeof value === 'string' && value.startsWith('=')) return field.expressions !== false;
  switch (field.kind) {
    case 'number':
    case 'boolean':
      return typeof value === field.kind;
    case 'select':
      return field.choices.some((choice) => choice.value === value);
    case 'list':
    case 'conditions':
    case 'values':
    case 'multiselect':
      return Array.isArray(value);
    case 'group':
    case 'keyvalue':
    case 'dynamicGroup':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'json':
      return true;
    default:
      return typeof value === 'string';
  }
}
