import type { CoreNode } from '../core-node.types.js';
import { coreDescriptor } from '../core-descriptor.js';
import { passAll } from '../lineage.js';
import { webhookFields } from './webhook.fields.js';

/** Starts a run for each HTTP request. The request becomes an item in the room `triggers`; here it is passed on. */
export const webhookNode: CoreNode = {
  descriptor: coreDescriptor({
    type: 'core.webhook',
    label: 'Webhook',
    description: 'Starts the workflow when another program calls its address.',
    icon: 'webhook',
    category: 'trigger',
    isTrigger: true,
    inputs: [],
    fields: webhookFields,
    credentials: [
      {
        slot: 'auth',
        label: 'Credential the caller must show',
        kinds: ['basic', 'header', 'hmac'],
        required: true,
        showWhen: { auth: ['basic', 'header', 'hmac'] },
      },
    ],
    summary: '{{method}} /hooks/{{path}}',
  }),
  run: (context) => ({ outputs: { main: passAll(context) } }),
};
