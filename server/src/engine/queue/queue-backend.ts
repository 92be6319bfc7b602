import type { Queue, Worker } from 'bullmq';

/** Name of the one queue that carries runs. */
const queueName = 'wfaib-runs';
/** Connections of the pool that queue and worker each keep; each adds one that listens. */
const poolSize = 2;

/** A wake-up: look at this run. Nothing depends on how it ends. */
export interface WakeUp {
  runId: string;
  epoch: number;
}

/** BullMQ's queue and worker on the PostgreSQL of this installation. */
export interface QueueBackend {
  queue: Queue<WakeUp>;
  /** Absent in the role `api`. */
  worker: Worker<WakeUp> | undefined;
}

export interface QueueBackendOptions {
  databaseUrl: string;
  /** Absent: wake-ups are only sent. */
  process: ((wakeUp: WakeUp) => Promise<void>) | undefined;
  concurrency: number;
  onError(error: Error): void;
}

/**
 * Opens the queue. Its tables live in the schema `bullmq`, made by BullMQ's own migrations under an advisory lock.
 * The import is late: a server that never needs the queue does not load it.
 */
export async function openQueue(options: QueueBackendOptions): Promise<QueueBackend> {
  const { createPostgresBackend, withBackend } = await import('bullmq');
  const classes = withBackend(createPostgresBackend);
  const connection = () => ({ connectionString: options.databaseUrl, max: poolSize, migrate: true });
  const queue = new classes.Queue<WakeUp>(queueName, {
    connection: connection(),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  queue.on('error', options.onError);
  await queue.waitUntilReady();
  const { process } = options;
  const worker =
    process &&
    new classes.Worker<WakeUp>(queueName, async (job) => process(job.data), {
      connection: connection(),
      concurrency: options.concurrency,
      lockDuration: 30_000,
    });
  worker?.on('error', options.onError);
  return { queue: queue as unknown as Queue<WakeUp>, worker: worker as unknown as Worker<WakeUp> | undefined };
}
