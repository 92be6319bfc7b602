import type { Queue, Worker } from 'bullmq';
import type { OpenedQueue, QueueSpec } from './queue.types.js';

/** Connections of the pool that queue and worker each keep; each adds one that listens. */
const poolSize = 2;

/**
 * Opens a queue whose tables live in the schema `bullmq`, made by BullMQ's own migrations under an advisory lock.
 * The import is late: a server that never needs a queue does not load it.
 */
export async function openOnPostgres<Data>(
  databaseUrl: string,
  { name, process, concurrency, defaults }: QueueSpec<Data>,
  onError: (error: Error) => void,
): Promise<OpenedQueue<Data>> {
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const classes = withBackend(createPostgresBackend);
  const connection = () => ({ connectionString: databaseUrl, max: poolSize, migrate: true });
  const queue = new classes.Queue<Data>(name, { connection: connection(), defaultJobOptions: defaults });
  queue.on('error', onError);
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await queue.close().catch(() => undefined);
    throw error;
  }
  const worker =
    process &&
    new classes.Worker<Data>(name, process as never, { connection: connection(), concurrency, lockDuration: 30_000 });
  worker?.on('error', onError);
  return {
    queue: queue as unknown as Queue<Data>,
    worker: worker as unknown as Worker<Data> | undefined,
    close: async () => {
      await worker?.close(true);
      await queue.close();
    },
  };
}
