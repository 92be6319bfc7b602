import type { JsonObject } from '@wfaib/sdk/items';

/** What a job of the queue holds: what is to be done, and with what. */
export interface JobContent {
  kind: string;
  data: JsonObject;
}

export interface JobOptions {
  /** A job of this id that is there already, waiting, at work or dead, stays the only one. @defaultValue a new one */
  id?: string;
  /** How long to wait before the first try, in milliseconds. @defaultValue 0 */
  delayMs?: number;
  /** Tries before the job counts as dead. @defaultValue 12, which takes about three hours */
  maxAttempts?: number;
  /** Wait before the second try, in milliseconds; it doubles with each further one. @defaultValue 5_000 */
  firstRetryMs?: number;
  /** Id of a job that gives way to this one where it waits or is dead; where it is at work it stays. */
  replaces?: string;
}

/** One try of a job. */
export interface JobTry {
  /** From 1. */
  attempt: number;
  /** Where it fails the job is dead. */
  isLast: boolean;
}

/**
 * Does the work of a job. It may be called again for the same job after a failure, or when its process died.
 * An error with `retryable: false` makes the job a dead one at once.
 */
export type JobHandler<Data extends JsonObject = JsonObject> = (data: Data, now: JobTry) => Promise<void>;

/** A job that failed for good: it is kept for a month, until somebody runs it again or deletes it. */
export interface DeadJob {
  id: string;
  kind: string;
  data: JsonObject;
  attempts: number;
  error: string;
  createdAt: Date;
  failedAt: Date | null;
}
