import { z } from 'zod';
import { runEventNames } from '../runs/run.events.js';

export const notificationId = z.uuid().meta({ title: 'notification' });
export const deliveryId = z.uuid().meta({ title: 'delivery' });

const name = z.string().trim().min(1).max(100);
const url = z.url({ protocol: /^https?$/, error: 'must be an address with https:// or http://' }).max(2_000);
const events = z
  .array(z.enum(runEventNames))
  .min(1)
  .transform((names) => [...new Set(names)]);
const workflowId = z.uuid().nullable();

/** Body of `POST /api/notifications`. */
export const createNotification = z
  .strictObject({ name, url, events, workflowId: workflowId.default(null), isOn: z.boolean().default(true) })
  .meta({ id: 'CreateNotification' });
export type CreateNotification = z.infer<typeof createNotification>;

/** Body of `PUT /api/notifications/:id`; what is left out stays as it is. */
export const changeNotification = z
  .strictObject({
    name: name.optional(),
    url: url.optional(),
    events: events.optional(),
    workflowId: workflowId.optional(),
    isOn: z.boolean().optional(),
  })
  .meta({ id: 'ChangeNotification' });
export type ChangeNotification = z.infer<typeof changeNotification>;
