import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';

/** Starts a run when a run of a workflow failed that names this one as its error workflow. */
export const errorNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.error',
    label: 'When a workflow fails',
    description: 'Starts the workflow when a run of another one fails that has it as its error workflow.',
    icon: 'siren',
    category: 'trigger',
    isTrigger: true,
    inputs: [],
    fields: {
      about: {
        kind: 'notice',
        label: 'Choose this workflow as the error workflow in the settings of others. Publish it first.',
      },
    },
    summary: 'When others fail',
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
};
