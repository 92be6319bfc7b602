import type { Item, JsonObject, JsonValue } from '@wfaib/sdk/items';
import type { CoreNode, NodeContext, OutputItem } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { canonicalText } from '../json-values.js';
import { madeFrom } from '../lineage.js';
import { asGroups, asText, asTexts } from '../parameter-shapes.js';
import { readPath, withPath } from '../paths.js';
import { summarized, summaryChoices } from '../summary-values.js';

interface SummaryValue {
  field?: unknown;
  op?: unknown;
  as?: unknown;
}

interface Group {
  keys: (JsonValue | undefined)[];
  indexes: number[];
}

/**
 * Makes one item per group with totals of it, groups in order of their first item. Without `by` all items are one group.
 * A value is named `as`, by default `<op>_<field>`: `sum_price`.
 */
export const summarizeNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.summarize',
    label: 'Summarize',
    description: 'Counts, adds up and collects values, over all items or per group.',
    icon: 'sigma',
    category: 'data',
    fields: {
      by: {
        kind: 'values',
        of: 'text',
        label: 'Group by',
        help: 'Fields that make a group. Left empty, all items are one group.',
        placeholder: 'country',
      },
      values: {
        kind: 'list',
        label: 'Values',
        required: true,
        itemLabel: '{{op}} {{field}}',
        of: {
          field: {
            kind: 'text',
            label: 'Field',
            help: 'May be left empty for a count: it counts items then.',
            placeholder: 'price',
          },
          op: { kind: 'select', label: 'How', choices: summaryChoices, default: 'count' },
          as: { kind: 'text', label: 'Name of the result', help: 'Left empty it is like sum_price.' },
        },
      },
    },
  }),
  run: async (context) => {
    const items = context.items();
    const by = asTexts(context.parameter('by', 0));
    const values = asGroups<SummaryValue>(context.parameter('values', 0));
    const main: OutputItem[] = [];
    for (const group of groupsOf(items, by)) {
      await context.breathe();
      const json = summaryOf(context, items, by, group, values);
      main.push({ json, source: madeFrom(context, group.indexes) });
    }
    return { outputs: { main } };
  },
};

function groupsOf(items: readonly Item[], by: readonly string[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  items.forEach((item, index) => {
    const keys = by.map((field) => readPath(item.json, field));
    const name = keys.map((key) => canonicalText(key ?? null)).join('\n');
    const group = groups.get(name);
    if (group) group.indexes.push(index);
    else groups.set(name, { keys, indexes: [index] });
  });
  return groups.values();
}

function summaryOf(
  context: NodeContext,
  items: readonly Item[],
  by: readonly string[],
  group: Group,
  values: readonly SummaryValue[],
): JsonObject {
  const keyed = by.reduce(
    (json, field, position) => withPath(json, field, group.keys[position] ?? null),
    {} as JsonObject,
  );
  return values.reduce((json, value) => {
    const field = asText(value.field);
    const op = asText(value.op) ?? 'count';
    const name = asText(value.as) ?? (field === undefined ? op : `${op}_${field.replaceAll('.', '_')}`);
    const found = group.indexes.map((index) => valueOf(items[index]!, field));
    return withPath(json, name, summarized(op, found, field ?? '', context.node.id));
  }, keyed);
}

function valueOf(item: Item, field: string | undefined): JsonValue | undefined {
  return field === undefined ? item.json : readPath(item.json, field);
}
