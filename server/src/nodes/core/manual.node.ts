import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';

/** Starts a run by hand, from the editor or through the API; its output is what the caller handed over. */
export const manualNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.manual',
    label: 'Manual start',
    description: 'Starts the workflow when a person presses Run, or when a program asks for it through the API.',
    icon: 'mouse-pointer-click',
    category: 'trigger',
    isTrigger: true,
    inputs: [],
    fields: {},
    summary: 'Started by hand',
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
};
