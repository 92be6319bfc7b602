import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passParts } from '../in-parts.js';
import { passAll } from '../lineage.js';

/** Passes items on unchanged: a place to join lines, or to leave a note. */
export const noopNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.noop',
    label: 'Do nothing',
    description: 'Passes its items on unchanged.',
    icon: 'circle-dashed',
    category: 'flow',
    fields: {},
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
  inParts: () => passParts([{ port: 'main' }]),
};
