import type { JsonValue } from '@wfaib/sdk/items';

/** What a step asks of code that others wrote for Temporal, in any language. */
export interface ForeignWork {
  kind: 'activity' | 'workflow';
  /** Name under which the other worker registered it. */
  name: string;
  taskQueue: string;
  /** Namespace it lives in. @defaultValue the one of this installation */
  namespace?: string;
  args: JsonValue[];
  /** Its id on Temporal: asking again with the same id finds the same work, running or done. */
  id: string;
  /** Most tries that Temporal itself makes. */
  maxAttempts: number;
  /** Longest silence of an activity, in milliseconds. @defaultValue it need not report */
  heartbeatTimeoutMs?: number;
  /** Whether its end is waited for; otherwise the answer is where to find it. */
  isAwaited: boolean;
}
