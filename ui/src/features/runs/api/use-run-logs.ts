import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { RunLogLine } from '../../../api/types.js';
import { namedLines } from '../model/log-lines.js';
import type { NamedLine } from '../model/log-lines.js';
import { runPageKey } from './use-run-overview.js';

/** What all steps wrote, in the order in which they started. */
export function useRunLogs(runId: string, nodeId: string | undefined) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage, ...logs } = useInfiniteQuery({
    queryKey: [...runPageKey(runId), 'logs', nodeId],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      get<{ items: RunLogLine[]; nextOffset: number | null }>(`/api/runs/${runId}/logs`, {
        query: { offset: pageParam, limit: 200, nodeId },
        signal,
      }),
    getNextPageParam: (page) => page.nextOffset ?? undefined,
    select: ({ pages }) => namedLines(pages.flatMap((page) => page.items)),
  });
  /** Reads on to the end. */
  const readAll = async (): Promise<NamedLine[]> => {
    let read = { hasNextPage, data: logs.data };
    while (read.hasNextPage) read = await fetchNextPage({ cancelRefetch: false });
    return read.data ?? [];
  };
  const readOn = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  };
  return { ...logs, hasMore: hasNextPage, readOn, readAll };
}
