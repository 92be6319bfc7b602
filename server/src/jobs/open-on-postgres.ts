import type { PostgresConnectionOptions, PostgresQueueBackend, Queue, Worker } from 'bullmq';
import type { Pool } from 'pg';
import type { OpenedQueue, QueueSpec } from './queue.types.js';
import { workerTimes } from './worker-times.js';

/** Connections of the pool that queue and worker each keep; each adds one that listens. */
const poolSize = 2;

/** A worker looks for jobs at least this often: until the next delayed job it would else wait for news alone, which can be missed. */
const longestWaitSeconds = 5;

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
  const classes = withBackend<PostgresQueueBackend, PostgresConnectionOptions>((...about) => {
    const backend = createPostgresBackend(...about);
    // A pool hears of the connections that lie idle in it; one that is lost during the migrations would end the process.
    (backend.connection.pool as unknown as Pool).on('connect', (client) => client.on('error', onError));
    Object.defineProperty(backend, 'maximumBlockTimeout', { value: longestWaitSeconds });
    return backend;
  });
  const connection = () => ({ connectionString: databaseUrl, max: poolSize, migrate: true });
  const queue = new classes.Queue<Data>(name, { connection: connection(), defaultJobOptions: defaults });
  queue.on('error', onError);
  let worker: InstanceType<typeof classes.Worker<Data>> | undefined;
  const close = async () => {
    await worker?.close(true);
    await queue.close();
  };
  try {
    await queue.waitUntilReady();
    if (process) {
      // Begun before its connection stands, and that fails, a worker would ask again and again without ever yielding.
      const options = { connection: connection(), concurrency, ...workerTimes, autorun: false };
      worker = new classes.Worker(name, process as never, options);
      worker.on('error', onError);
      await worker.waitUntilReady();
    }
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  worker?.run().catch(onError);
  return {
    queue: queue as unknown as Queue<Data>,
    worker: worker as unknown as Worker<Data> | undefined,
    close,
  };
}
