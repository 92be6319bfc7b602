import type { ItemInput } from '@wfaib/sdk/items';
import { post } from '../../../api/client.js';

export interface RetryRequest {
  /** The step to begin at; without it, from the start with the same input. */
  from?: string;
  /** The visit to begin at. */
  step?: string;
  /** What ended after this event is done again. */
  at?: number;
  items?: ItemInput[];
  version?: number | 'live' | 'draft';
}

/** Always a new run; answers its id. */
export async function retryRun(runId: string, request: RetryRequest): Promise<string> {
  const answer = await post<{ runId?: string; id?: string }>(`/api/runs/${runId}/retry`, request);
  return answer.runId ?? answer.id ?? runId;
}
