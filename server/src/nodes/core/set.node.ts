import type { Item, JsonObject, JsonValue } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type NodeResult } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { eachPart } from '../in-parts.js';
import { madeFrom, withFiles } from '../lineage.js';
import { onlyPaths, withPath } from '../paths.js';
import { routePerItem } from '../per-item.js';

/**
 * Writes fields into each item. `fields` maps names to values (a dot in a name nests: `customer.name`); `json` gives a
 * whole object instead, and both together are allowed: `fields` come last. `keep` says which fields of the input stay.
 */
export const setNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.set',
    label: 'Set fields',
    description: 'Writes fields into each item, from fixed values or expressions.',
    icon: 'pencil',
    category: 'data',
    work: 'perItem',
    fields: {
      fields: {
        kind: 'keyvalue',
        label: 'Fields',
        help: 'Name and value. A dot in the name nests: customer.name.',
        placeholder: '={{ $json.qty * $json.price }}',
      },
      json: {
        kind: 'json',
        label: 'Or a whole object',
        help: 'Its fields are written into the item.',
        placeholder: '={{ { ...$json, total: 3 } }}',
      },
      keep: {
        kind: 'select',
        label: 'Fields of the input',
        help: 'What stays of the item that came in: all of it, nothing, or a list of field names.',
        choices: [
          { value: 'all', label: 'Keep all' },
          { value: 'none', label: 'Keep none' },
        ],
        orValues: true,
        default: 'all',
      },
      files: { kind: 'boolean', label: 'Keep files', help: 'Whether the files of the item stay.', default: true },
    },
  }),
  run: setItems,
  inParts: eachPart(setItems),
};

function setItems(context: NodeContext): Promise<NodeResult> {
  return routePerItem(context, {}, (item, index) => {
    const files = context.parameter('files', index) === false ? undefined : item.files;
    return { main: [withFiles(written(context, item, index), files, madeFrom(context, index))] };
  });
}

function written(context: NodeContext, item: Item, index: number): JsonObject {
  const base = kept(item.json, context.parameter('keep', index));
  let json = { ...base, ...objectOf(context, 'json', context.parameter('json', index)) };
  const fields = objectOf(context, 'fields', context.parameter('fields', index));
  for (const [name, value] of Object.entries(fields)) json = withPath(json, name, value ?? null);
  return json;
}

function kept(json: JsonObject, keep: unknown): JsonObject {
  if (Array.isArray(keep)) return onlyPaths(json, keep.map(String));
  return keep === 'none' ? {} : json;
}

function objectOf(context: NodeContext, field: string, value: unknown): Record<string, JsonValue> {
  if (value === undefined || value === null || value === '') return {};
  const object = typeof value === 'string' ? parsed(value) : value;
  if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object as JsonObject;
  const message = `"${field}" of ${context.node.name} must be an object of names and values, but it is ${kindOf(value)}.`;
  throw new StepFailure({ code: 'parameter.invalid', message, nodeId: context.node.id, retryable: false });
}

/** A whole object may be written as JSON text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
