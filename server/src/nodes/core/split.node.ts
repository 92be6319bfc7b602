import type { Item, JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { CoreNode, NodeContext, OutputItem, PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { madeFrom, withFiles } from '../lineage.js';
import { asText } from '../parameter-shapes.js';
import { lastPart, readPath, withPath } from '../paths.js';

/**
 * Makes one item of each element of a list. An object becomes the item itself, another value the field `into` (default:
 * the last part of the field's name). With `include: "all"`, or with `into`, the element is put into that field. A
 * missing field or null makes no item; a value that is no list makes one.
 */
export const splitNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.split',
    label: 'Split out',
    description: 'Makes one item of each element of a list.',
    icon: 'list-tree',
    category: 'data',
    fields: {
      field: {
        kind: 'text',
        label: 'List',
        help: 'Name of the field that holds the list. A dot goes one level down.',
        placeholder: 'body.lines',
        required: true,
      },
      include: {
        kind: 'select',
        label: 'Other fields',
        choices: [
          { value: 'none', label: 'Leave out' },
          { value: 'all', label: 'Repeat in every item' },
        ],
        default: 'none',
      },
      into: {
        kind: 'text',
        label: 'Put the element into',
        help: 'Name of the field that holds the element.',
        placeholder: 'line',
      },
    },
    summary: '{{field}}',
  }),
  run: (context) => splitting(context).take(context),
  inParts: splitting,
};

interface Split {
  field: string;
  into: string | undefined;
  keepsOthers: boolean;
}

function splitting(first: NodeContext): PartsWork {
  const split: Split = {
    field: first.parameter<string>('field', 0),
    into: asText(first.parameter('into', 0)),
    keepsOthers: first.parameter('include', 0) === 'all',
  };
  return {
    take: async (context) => {
      const main: OutputItem[] = [];
      for (const [index, item] of context.items().entries()) {
        await context.breathe();
        for (const made of splitItem(context, item, index, split)) main.push(made);
      }
      return { outputs: { main } };
    },
  };
}

function splitItem(context: NodeContext, item: Item, index: number, { field, into, keepsOthers }: Split): OutputItem[] {
  return elementsOf(readPath(item.json, field)).map((element) => {
    const json = keepsOthers ? withPath(item.json, into ?? field, element) : alone(element, field, into);
    return withFiles(json, keepsOthers ? item.files : undefined, madeFrom(context, index));
  });
}

function alone(element: JsonValue, field: string, into: string | undefined): JsonObject {
  const isObject = typeof element === 'object' && element !== null && !Array.isArray(element);
  return into === undefined && isObject ? element : withPath({}, into ?? lastPart(field), element);
}

function elementsOf(value: JsonValue | undefined): JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
