import type { StepError } from '@wfaib/sdk/errors';
import type { Item } from '@wfaib/sdk/items';
import type { HttpReply } from '../../nodes/core-node.types.js';
import type { RunStatus } from '../journal/run-row.types.js';

/** How a run ended. */
export interface RunEnd {
  runId: string;
  status: Extract<RunStatus, 'succeeded' | 'failed' | 'cancelled'>;
  error: StepError | null;
  /** Items of the last visit of the final node; `null` where there is none. */
  result: { nodeId: string; itemCount: number; items: Item[] } | null;
  /** What `core.respond` answered. */
  reply: HttpReply | null;
}

/** What a caller who waits for an answer gets: the answer, that the run failed or ended without one, or neither in time. */
export type RunReply = HttpReply | 'failed' | 'ended' | 'late';

/** A run that was started, or found by its key. */
export interface LaunchedRun {
  readonly runId: string;
  /** It was there before: its idempotency key had been used. */
  readonly existing: boolean;
  /** Waits for `core.respond` or the end, whichever comes first; `timeoutMs` at most. */
  reply(timeoutMs: number): Promise<RunReply>;
  /** Waits for the end. @returns undefined after `timeoutMs` */
  end(timeoutMs: number): Promise<RunEnd | undefined>;
}
