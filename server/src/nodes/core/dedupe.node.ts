import type { Item, JsonValue } from '@wfaib/sdk/items';
import type { CoreNode, NodeContext } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { canonicalText } from '../json-values.js';
import { passAll } from '../lineage.js';
import { asTexts } from '../parameter-shapes.js';
import { readPath } from '../paths.js';

/**
 * Drops items that were seen before: the first of equal ones stays. Equal means the fields named by `by`, or the whole
 * json. `by` may also be an expression; its value for each item is then what is compared.
 */
export const dedupeNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.dedupe',
    label: 'Remove duplicates',
    description: 'Drops items that were seen before, in this run or in any run of the workflow.',
    icon: 'copy-minus',
    category: 'data',
    fields: {
      by: {
        kind: 'values',
        of: 'text',
        label: 'Equal by',
        help: 'Field names that make two items equal. Left empty, the whole item counts.',
        placeholder: 'id',
      },
      scope: {
        kind: 'select',
        label: 'Seen',
        choices: [
          { value: 'run', label: 'In this run' },
          { value: 'workflow', label: 'In any run of this workflow' },
        ],
        default: 'run',
        expressions: false,
      },
      remember: {
        kind: 'number',
        label: 'Values to remember',
        help: 'The oldest are forgotten first.',
        default: 10_000,
        min: 1,
        max: 1_000_000,
        integer: true,
      },
    },
    summary: '{{by}}',
  }),
  run: async (context) => {
    const firsts = new Map<string, number>();
    for (const [index, item] of context.items().entries()) {
      await context.breathe();
      const value = comparedOf(context, item, index);
      if (!firsts.has(value)) firsts.set(value, index);
    }
    const isNew = await newOnes(context, [...firsts.keys()]);
    const items = passAll(context);
    const kept = [...firsts.values()].filter((_, position) => isNew[position]);
    return { outputs: { main: kept.map((index) => items[index]!) } };
  },
};

function comparedOf(context: NodeContext, item: Item, index: number): string {
  const written = context.node.parameters['by'];
  if (typeof written === 'string' && written.startsWith('=')) {
    return canonicalText(context.parameter<JsonValue>('by', index));
  }
  const fields = asTexts(written);
  return fields.length === 0
    ? canonicalText(item.json)
    : canonicalText(fields.map((field) => readPath(item.json, field) ?? null));
}

/** Without a memory (a node tried on its own) only the items of this visit are compared. */
async function newOnes(context: NodeContext, values: string[]): Promise<boolean[]> {
  if (!context.ports.remember) return values.map(() => true);
  const scope = context.parameter('scope', 0) === 'workflow' ? 'workflow' : 'run';
  return context.ports.remember(scope, values, Number(context.parameter('remember', 0)));
}
