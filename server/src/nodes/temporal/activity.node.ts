import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { durationOf, requiredText, runForeign, sharedFields } from './foreign-work.js';

/** Calls an activity that a worker of another program offers on Temporal, once per item, and goes on with its result. */
export const activityNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'temporal.activity',
    label: 'Temporal activity',
    description: 'Calls an activity of your own Temporal workers, in any language, and goes on with its result.',
    icon: 'cog',
    category: 'flow',
    fields: {
      activity: {
        kind: 'text',
        label: 'Activity',
        help: 'The name under which its worker registered it.',
        required: true,
        placeholder: 'charge_card',
      },
      ...sharedFields,
      heartbeatTimeout: {
        kind: 'text',
        format: 'duration',
        label: 'Longest silence',
        help: 'An activity that reports nothing for so long counts as dead. Left empty, it need not report.',
        placeholder: '30s',
      },
    },
    summary: '{{activity}}',
    work: 'perItem',
    effect: 'write',
    weight: 'heavy',
  }),
  run: (context) =>
    runForeign(context, (index) => {
      const heartbeatTimeoutMs = durationOf(context, 'heartbeatTimeout', index);
      return {
        kind: 'activity',
        name: requiredText(context, 'activity', index),
        isAwaited: true,
        ...(heartbeatTimeoutMs === undefined ? {} : { heartbeatTimeoutMs }),
      };
    }),
};
