import type { RunEventName } from '../runs/run.events.js';

/** An address that is told when something happens to runs of a project. */
export interface Notification {
  id: string;
  name: string;
  url: string;
  events: RunEventName[];
  /** Only runs of this workflow; `null`: those of all. */
  workflowId: string | null;
  isOn: boolean;
  createdAt: Date;
  updatedAt: Date;
}

/** With the secret that signs: shown once. */
export type NotificationWithSecret = Notification & { secret: string };

export type DeliveryState = 'pending' | 'delivered' | 'failed';

/** One thing that an address is told. */
export interface Delivery {
  /** Also the `webhook-id` and the `Idempotency-Key`: the same over all tries, and when it is sent again. */
  id: string;
  event: RunEventName | 'test';
  runId: string | null;
  state: DeliveryState;
  tries: number;
  /** HTTP status of the last answer. */
  status: number | null;
  /** What went wrong with the last try. */
  error: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}
