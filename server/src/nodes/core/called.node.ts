import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';

/** Starts a run that another workflow calls; its output is what the caller handed over. */
export const calledNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.called',
    label: 'When called',
    description: 'Starts the workflow when another workflow calls it.',
    icon: 'log-in',
    category: 'trigger',
    isTrigger: true,
    inputs: [],
    fields: {
      fields: {
        kind: 'list',
        label: 'Fields it takes',
        help: 'Said for those who call it. A call without a required field, or with another type, is refused.',
        itemLabel: '{{name}}',
        of: {
          name: { kind: 'text', label: 'Name', required: true, expressions: false },
          type: {
            kind: 'select',
            label: 'Type',
            choices: [
              { value: 'any', label: 'Anything' },
              { value: 'text', label: 'Text' },
              { value: 'number', label: 'Number' },
              { value: 'boolean', label: 'Yes or no' },
              { value: 'object', label: 'Object' },
              { value: 'list', label: 'List' },
            ],
            default: 'any',
            expressions: false,
          },
          required: { kind: 'boolean', label: 'Required', default: false, expressions: false },
        },
      },
    },
    summary: 'Called by workflows',
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
};

type CalledType = 'any' | 'text' | 'number' | 'boolean' | 'object' | 'list';

const isOfType: Record<CalledType, (value: unknown) => boolean> = {
  any: () => true,
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  list: (value) => Array.isArray(value),
};

/** What is wrong with an item that is handed to a `core.called`, in words; undefined where it may come in. */
export function calledFault(
  parameters: Record<string, unknown>,
  json: Readonly<Record<string, unknown>>,
): string | undefined {
  const fields = Array.isArray(parameters['fields']) ? (parameters['fields'] as Record<string, unknown>[]) : [];
  for (const field of fields) {
    const name = String(field['name']);
    const type = (field['type'] ?? 'any') as CalledType;
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    if (value === undefined || value === null) {
      if (field['required'] === true) return `needs the field "${name}", which is missing`;
    } else if (Object.hasOwn(isOfType, type) && !isOfType[type](value))
      return `takes ${type} in the field "${name}", not ${shown(value)}`;
  }
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
