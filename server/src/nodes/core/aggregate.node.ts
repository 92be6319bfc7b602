import type { JsonValue } from '@wfaib/sdk/items';
import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { gatheredFiles } from '../files-of.js';
import { madeFrom, withFiles } from '../lineage.js';
import { asText } from '../parameter-shapes.js';
import { readPath, withPath } from '../paths.js';

/** Makes one item of all: a list of the items, or of one field of each (items where it is missing or null are left out). */
export const aggregateNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.aggregate',
    label: 'Aggregate',
    description: 'Makes one item that holds a list of all items, or of one field of each.',
    icon: 'combine',
    category: 'data',
    fields: {
      field: {
        kind: 'text',
        label: 'Field',
        help: 'Left empty, whole items are listed. Items without the field are left out.',
        placeholder: 'id',
      },
      into: { kind: 'text', label: 'Put the list into', default: 'data', placeholder: 'data' },
      files: {
        kind: 'boolean',
        label: 'Keep files',
        help: 'Files of all items; a name that is taken gets a number.',
        default: false,
      },
    },
    summary: '{{field}}',
  }),
  run: (context) => {
    const items = context.items();
    const field = asText(context.parameter('field', 0));
    const values = items
      .map((item): JsonValue | undefined => (field === undefined ? item.json : readPath(item.json, field)))
      .filter((value): value is JsonValue => value !== undefined && value !== null);
    const json = withPath({}, asText(context.parameter('into', 0)) ?? 'data', values);
    const files = context.parameter('files', 0) === true ? gatheredFiles(items) : undefined;
    return { outputs: { main: [withFiles(json, files, madeFrom(context, [...items.keys()]))] } };
  },
};
