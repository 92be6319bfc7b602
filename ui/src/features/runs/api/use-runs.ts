import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page, RunSummary } from '../../../api/types.js';

export interface RunFilters {
  status?: string;
  workflowId?: string;
  version?: string;
  mode?: string;
  startedBy?: string;
  from?: string;
  to?: string;
  q?: string;
}

/** Where `searchedTo` is set, runs older than that were not looked at yet. */
export interface RunPage extends Page<RunSummary> {
  searchedTo?: string | null;
}

/** Newest first; renewed by news of runs, and every few seconds should they fail to come. */
export function useRuns(filters: RunFilters) {
  return useInfiniteQuery({
    queryKey: ['runs', filters],
    queryFn: ({ pageParam, signal }) => get<RunPage>('/api/runs', { query: { ...filters, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) => (isFarBack(state.data) ? false : 10_000),
    placeholderData: keepPreviousData,
  });
}

/** Whether a list went back so far that it is not renewed by itself: all its pages would be asked for again. */
export function isFarBack(list: unknown): boolean {
  return ((list as { pages?: unknown[] } | undefined)?.pages?.length ?? 0) > 5;
}
