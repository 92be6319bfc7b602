import type { DefaultJobOptions, Job, Queue, Worker } from 'bullmq';

export interface QueueSpec<Data> {
  name: string;
  /** Absent: jobs are only sent. */
  process: ((job: Job<Data>) => Promise<void>) | undefined;
  /** Jobs that one worker has in hand at a time. */
  concurrency: number;
  defaults: DefaultJobOptions;
}

/** A queue and its worker, as BullMQ knows them. */
export interface OpenedQueue<Data> {
  queue: Queue<Data>;
  /** Absent where jobs are only sent. */
  worker: Worker<Data> | undefined;
  /** Ends the connections. What is in hand is dropped: it is done again by another worker. */
  close(): Promise<void>;
}
