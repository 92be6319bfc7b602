import type { Item, ItemSource, JsonObject, JsonValue } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type OutputItem, type PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { inOnePart } from '../in-parts.js';
import { canonicalText } from '../json-values.js';
import { maxSources } from '../lineage.js';
import { asGroups, asText, asTexts } from '../parameter-shapes.js';
import { readPath, withPath } from '../paths.js';
import { summaryChoices, summaryOf, type Summary } from '../summary-values.js';

interface SummaryValue {
  field?: unknown;
  op?: unknown;
  as?: unknown;
}

/** Most groups of one step; more would not fit into memory. */
const maxGroups = 1_000_000;

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
  run: (context) => inOnePart(context, summing(context)),
  inParts: summing,
};

interface Group {
  json: JsonObject;
  /** Items it is made of, as far as they are named. */
  source: ItemSource[];
  count: number;
  values: { name: string; field: string | undefined; summary: Summary }[];
}

function summing(first: NodeContext): PartsWork {
  const by = asTexts(first.parameter('by', 0));
  const values = asGroups<SummaryValue>(first.parameter('values', 0));
  const groups = new Map<string, Group>();
  return {
    take: async (part) => {
      for (const [index, item] of part.items().entries()) {
        await part.breathe();
        const keys = by.map((field) => readPath(item.json, field));
        const name = keys.map((key) => canonicalText(key ?? null)).join('\n');
        const group = groups.get(name) ?? groupOf(first, by, keys, values);
        groups.set(name, group);
        if (groups.size > maxGroups) throw tooManyGroups(first);
        group.count += 1;
        if (group.count <= maxSources) group.source.push(part.placeOf('main', index));
        for (const { field, summary } of group.values) summary.add(valueOf(item, field));
      }
      return { outputs: {} };
    },
    end: () => ({ outputs: { main: [...groups.values()].map(itemOf) } }),
  };
}

function groupOf(
  { node }: NodeContext,
  by: readonly string[],
  keys: readonly (JsonValue | undefined)[],
  values: readonly SummaryValue[],
): Group {
  const json = by.reduce((made, field, position) => withPath(made, field, keys[position] ?? null), {} as JsonObject);
  const summaries = values.map((value) => {
    const field = asText(value.field);
    const op = asText(value.op) ?? 'count';
    const name = asText(value.as) ?? (field === undefined ? op : `${op}_${field.replaceAll('.', '_')}`);
    return { name, field, summary: summaryOf(op, field ?? '', node.id) };
  });
  return { json, source: [], count: 0, values: summaries };
}

function itemOf({ json, source, count, values }: Group): OutputItem {
  const made = values.reduce((all, { name, summary }) => withPath(all, name, summary.value()), json);
  return { json: made, source: count > maxSources ? [] : source };
}

function tooManyGroups({ node }: NodeContext): StepFailure {
  return new StepFailure({
    code: 'step.inputTooLarge',
    message: `There are more than ${maxGroups} groups. Group by fewer fields.`,
    nodeId: node.id,
    retryable: false,
  });
}

function valueOf(item: Item, field: string | undefined): JsonValue | undefined {
  return field === undefined ? item.json : readPath(item.json, field);
}
