/**
 * Time between two tries to reach the store, in milliseconds. BullMQ's own 15 s would leave a queue idle long after its store is
 * back, and outlast the lock of a job whose end is to be told.
 */
export const retryMs = 1_000;

/** How long a worker of any store holds a job that nobody renews, and how soon it comes back after a refusal, in milliseconds. */
export const workerTimes = { lockDuration: 30_000, runRetryDelay: retryMs };
