import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { HistoryEntry, RunThen } from '../../../api/types.js';
import { runPageKey } from './use-run-overview.js';

/** Events of a page of the list. */
export const historyPage = 100;

interface EventPage {
  items: HistoryEntry[];
}

/** Pages of the journal in words, only those that are looked at. */
export function useHistoryPages(runId: string, pages: readonly number[], lastSeq: number) {
  return useQueries({
    queries: pages.map((page) => ({
      // A page that is full stays as it is.
      queryKey: ['run-history', runId, page, Math.min(lastSeq, (page + 1) * historyPage)] as const,
      staleTime: Infinity,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        get<EventPage>(`/api/runs/${runId}/history`, {
          query: { after: page * historyPage, limit: historyPage },
          signal,
        }),
      placeholderData: (before: EventPage | undefined, query?: { queryKey: readonly unknown[] }) =>
        query?.queryKey[2] === page ? before : undefined,
    })),
  });
}

/** The run as it was after an event. */
export function useRunAt(runId: string, seq: number) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'at', seq],
    staleTime: 60_000,
    queryFn: ({ signal }) => get<RunThen>(`/api/runs/${runId}/at/${seq}`, { signal }),
    placeholderData: keepPreviousData,
  });
}
