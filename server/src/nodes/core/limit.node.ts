import type { CoreNode, NodeContext } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passParts } from '../in-parts.js';
import { passAll } from '../lineage.js';

/** Keeps the first or the last `max` items. */
export const limitNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.limit',
    label: 'Limit',
    description: 'Keeps the first or the last items and drops the rest.',
    icon: 'list-end',
    category: 'data',
    fields: {
      max: { kind: 'number', label: 'How many', help: 'Most items to keep.', default: 1, min: 0, integer: true },
      from: {
        kind: 'select',
        label: 'Keep',
        choices: [
          { value: 'start', label: 'The first' },
          { value: 'end', label: 'The last' },
        ],
        default: 'start',
      },
    },
    summary: '{{from}} {{max}}',
  }),
  run: (context) => {
    const { from, to } = keptRange(context);
    return { outputs: { main: passAll(context).slice(from, to) } };
  },
  inParts: (first) => passParts([{ port: 'main', ...keptRange(first) }]),
};

function keptRange(context: NodeContext): { from: number; to: number } {
  const count = context.itemCount();
  const max = Math.max(0, Math.trunc(Number(context.parameter('max', 0))));
  const isFromEnd = context.parameter('from', 0) === 'end';
  return isFromEnd ? { from: Math.max(0, count - max), to: count } : { from: 0, to: max };
}
