import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { post } from '../../../api/client.js';
import type { RetryForecast } from '../../../api/types.js';
import type { RetryRequest } from './retry-run.js';

/** What a retry would keep and do again; asked anew each time the dialog opens, as drafts and live versions change. */
export function useRetryForecast(runId: string, request: RetryRequest) {
  return useQuery({
    queryKey: ['retry-forecast', runId, request],
    queryFn: ({ signal }) => post<RetryForecast>(`/api/runs/${runId}/retry/forecast`, request, { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
}
