import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
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
          { value: 'start', label: 'The first ones' },
          { value: 'end', label: 'The last ones' },
        ],
        default: 'start',
      },
    },
    summary: '{{max}} from the {{from}}',
  }),
  run: (context) => {
    const items = passAll(context);
    const max = Math.max(0, Math.trunc(Number(context.parameter('max', 0))));
    const isFromEnd = context.parameter('from', 0) === 'end';
    return { outputs: { main: isFromEnd ? items.slice(Math.max(0, items.length - max)) : items.slice(0, max) } };
  },
};
