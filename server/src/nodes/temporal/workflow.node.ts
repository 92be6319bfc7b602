import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { requiredText, runForeign, sharedFields } from './foreign-work.js';

/** Starts a workflow of another program on Temporal, once per item, and goes on with its result or with where it is. */
export const temporalWorkflowNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'temporal.workflow',
    label: 'Temporal workflow',
    description: 'Starts a workflow of your own Temporal workers, in any language, and goes on with its result.',
    icon: 'cog',
    category: 'flow',
    fields: {
      workflow: {
        kind: 'text',
        label: 'Workflow',
        help: 'The name under which its worker registered it.',
        required: true,
        placeholder: 'OrderWorkflow',
      },
      ...sharedFields,
      wait: {
        kind: 'boolean',
        label: 'Wait for its result',
        help: 'Otherwise its workflowId goes on at once, and it goes its own way.',
        default: true,
        expressions: false,
      },
    },
    summary: '{{workflow}}',
    work: 'perItem',
    effect: 'write',
    weight: 'heavy',
  }),
  run: (context) =>
    runForeign(context, (index) => ({
      kind: 'workflow',
      name: requiredText(context, 'workflow', index),
      isAwaited: context.parameter('wait', index) !== false,
    })),
};
