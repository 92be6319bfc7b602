import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page, RunSummary } from '../../../api/types.js';

export interface RunFilters {
  status?: string;
  workflowId?: string;
  version?: string;
  mode?: string;
  from?: string;
  to?: string;
  q?: string;
}

/** Newest first; renewed by news of runs, and every few seconds should they fail to come. */
export function useRuns(filters: RunFilters) {
  return useInfiniteQuery({
    queryKey: ['runs', filters],
    queryFn: ({ pageParam, signal }) =>
      get<Page<RunSummary>>('/api/runs', { query: { ...filters, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
}
