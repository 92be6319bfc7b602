/** What a worker can be set apart for: deciding and light steps, steps of connectors, user code. */
export const taskQueueKinds = ['core', 'connector', 'sandbox'] as const;

export type TaskQueueKind = (typeof taskQueueKinds)[number];
