import type { StepError } from '@wfaib/sdk/errors';
import type { Item } from '@wfaib/sdk/items';
import type { LargeItems } from '../../data/item-chunks.types.js';
import type { CallSpec, WaitSpec } from '../../interpreter/run-events.types.js';
import type { HttpReply, ItemOutcome, LogLine } from '../../nodes/core-node.types.js';

/** What one try of a step came to. */
export type StepEnd =
  | {
      kind: 'succeeded';
      status: 'succeeded' | 'skipped';
      outputs: Record<string, Item[]>;
      /** Ports whose items are too many for memory and are stored already; they are not among `outputs`. */
      large?: Record<string, LargeItems>;
      reply?: HttpReply;
      /** Present where `onError` handled a failure of the whole step. */
      error?: StepError;
    }
  | { kind: 'waiting'; waits: WaitSpec[] }
  | { kind: 'calling'; calls: CallSpec }
  /** The run was cancelled while it worked. */
  | { kind: 'cancelled' }
  | {
      kind: 'failed';
      error: StepError;
      /** Items that need no other try. */
      finished?: ReadonlyMap<number, ItemOutcome>;
    };

/** The same with when. Times are milliseconds since 1970. */
export type StepOutcome = StepEnd & { startedAt: number; endedAt: number; logs?: LogLine[] };
