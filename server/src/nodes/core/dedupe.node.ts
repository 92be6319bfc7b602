import type { Item, JsonValue } from '@wfaib/sdk/items';
import { StepFailure, type CoreNode, type NodeContext, type PartsWork } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { canonicalText } from '../json-values.js';
import { passed } from '../lineage.js';
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
  run: (context) => sifting(context).take(context),
  inParts: sifting,
};

/** Most different values of one step; more would not fit into memory. */
const maxValues = 3_000_000;

function sifting(first: NodeContext): PartsWork {
  const isSeveral = first.itemCount() > first.items().length;
  const seen = new Set<string>();
  return {
    take: async (context) => {
      const firsts = new Map<string, number>();
      for (const [index, item] of context.items().entries()) {
        await context.breathe();
        const value = comparedOf(context, item, index);
        if (firsts.has(value) || (isSeveral && seen.has(shortened(value)))) continue;
        firsts.set(value, index);
        if (isSeveral) seen.add(shortened(value));
      }
      if (seen.size > maxValues) throw tooManyValues(context);
      const isNew = await newOnes(context, [...firsts.keys()]);
      const kept = [...firsts.values()].filter((_, position) => isNew[position]);
      const items = context.items();
      return { outputs: { main: kept.map((index) => passed(context, items[index]!, index)) } };
    },
  };
}

/** Long values are compared by a hash of them (two of 53 bits): what is kept of each stays small. */
function shortened(value: string): string {
  if (value.length <= 40) return value;
  return `${value.length}:${hashOf(value, 0x9e3779b9)}:${hashOf(value, 0x85ebca6b)}`;
}

function hashOf(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

function tooManyValues({ node }: NodeContext): StepFailure {
  return new StepFailure({
    code: 'step.inputTooLarge',
    message: `There are more than ${maxValues} different values. Compare fewer items at once.`,
    nodeId: node.id,
    retryable: false,
  });
}

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
