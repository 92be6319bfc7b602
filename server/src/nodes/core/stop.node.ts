import { StepFailure, type CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';

/** Fails the run on purpose, with a message for the person who reads it. */
export const stopNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.stop',
    label: 'Stop with an error',
    description: 'Ends the run as failed, with your message.',
    icon: 'octagon-x',
    category: 'flow',
    outputs: [],
    fields: {
      message: {
        kind: 'longtext',
        label: 'Message',
        help: 'What the run shows as its error.',
        placeholder: '=Order {{ $json.id }} has no customer',
        required: true,
      },
    },
    summary: '{{message}}',
  }),
  run: (context) => {
    const message = context.parameter<unknown>('message', 0);
    const text = typeof message === 'string' ? message : JSON.stringify(message ?? null);
    throw new StepFailure({ code: 'run.stopped', message: text, nodeId: context.node.id, retryable: false });
  },
};
