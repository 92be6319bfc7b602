import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { RunLogLine } from '../../../api/types.js';
import { runPageKey } from './use-run-overview.js';

/** What all steps wrote, in the order in which they started. */
export function useRunLogs(runId: string, nodeId: string | undefined) {
  return useInfiniteQuery({
    queryKey: [...runPageKey(runId), 'logs', nodeId],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: RunLogLine[]; nextOffset: number | null }>(`/api/runs/${runId}/logs`, {
        query: { offset: pageParam, limit: 200, nodeId },
        signal,
      }),
    getNextPageParam: (page) => page.nextOffset ?? undefined,
  });
}
