import type { Item, JsonValue } from '@wfaib/sdk/items';
import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { compareValues } from '../json-values.js';
import { passAll } from '../lineage.js';
import { asGroups } from '../parameter-shapes.js';
import { readPath } from '../paths.js';

interface SortKey {
  field?: unknown;
  order?: unknown;
}

type SortValues = (JsonValue | undefined)[];

/** Sorts items by one or more fields. Equal ones keep their order; missing and null come last, whatever the order. */
export const sortNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.sort',
    label: 'Sort',
    description: 'Puts the items in order.',
    icon: 'arrow-down-wide-narrow',
    category: 'data',
    fields: {
      by: {
        kind: 'list',
        label: 'Sort by',
        help: 'The next field counts where the one before is equal. Items without the field come last.',
        required: true,
        itemLabel: '{{field}}',
        of: {
          field: { kind: 'text', label: 'Field', placeholder: 'total', required: true },
          order: {
            kind: 'select',
            label: 'Order',
            choices: [
              { value: 'asc', label: 'Ascending' },
              { value: 'desc', label: 'Descending' },
            ],
            default: 'asc',
          },
        },
      },
    },
  }),
  run: (context) => {
    const keys = asGroups<SortKey>(context.parameter('by', 0));
    const values = context.items().map((item) => valuesOf(item, keys));
    const order = [...values.keys()].sort((a, b) => compareBy(keys, values[a]!, values[b]!));
    const items = passAll(context);
    return { outputs: { main: order.map((index) => items[index]!) } };
  },
};

function valuesOf(item: Item, keys: readonly SortKey[]): SortValues {
  return keys.map((key) => readPath(item.json, String(key.field)));
}

function compareBy(keys: readonly SortKey[], a: SortValues, b: SortValues): number {
  for (const [index, key] of keys.entries()) {
    const order = compareOne(a[index], b[index], key.order === 'desc' ? -1 : 1);
    if (order !== 0) return order;
  }
  return 0;
}

function compareOne(a: JsonValue | undefined, b: JsonValue | undefined, direction: 1 | -1): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : 1;
  if (b === undefined || b === null) return -1;
  return direction * compareValues(a, b);
}
