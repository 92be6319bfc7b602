import type { Redis } from 'ioredis';
import type { OpenedQueue, QueueSpec } from './queue.types.js';
import { workerTimes } from './worker-times.js';

/** Keys of this product in a Redis that others may use too. */
const prefix = 'wfaib';
/** How long Redis may take to accept a connection, in milliseconds. */
const connectTimeoutMs = 2_000;

/** Opens a queue in Redis. The imports are late: a server without Redis loads neither. */
export async function openOnRedis<Data>(
  url: string,
  { name, process, concurrency, defaults }: QueueSpec<Data>,
  onError: (error: Error) => void,
): Promise<OpenedQueue<Data>> {
  const [{ Queue, Worker }, { Redis }] = await Promise.all([import('bullmq'), import('ioredis')]);
  const clients: Redis[] = [];
  const connect = async (enableOfflineQueue: boolean): Promise<Redis> => {
    const client = new Redis(url, {
      lazyConnect: true,
      connectTimeout: connectTimeoutMs,
      maxRetriesPerRequest: null,
      enableOfflineQueue,
      retryStrategy: (times) => Math.min(times * 100, 2_000),
    });
    clients.push(client);
    client.on('error', onError);
    await client.connect();
    return client;
  };
  const drop = () => clients.forEach((client) => client.disconnect());
  try {
    // Who sends a job is to hear at once that Redis is away; who works on jobs waits until it is back.
    const queue = new Queue<Data>(name, { connection: await connect(false), prefix, defaultJobOptions: defaults });
    queue.on('error', onError);
    const worker =
      process &&
      new Worker<Data>(name, process, { connection: await connect(true), prefix, concurrency, ...workerTimes });
    worker?.on('error', onError);
    return {
      queue: queue as unknown as OpenedQueue<Data>['queue'],
      worker: worker as unknown as OpenedQueue<Data>['worker'],
      close: async () => {
        await worker?.close(true);
        await queue.close();
        drop();
      },
    };
  } catch (error) {
    drop();
    throw error;
  }
}
