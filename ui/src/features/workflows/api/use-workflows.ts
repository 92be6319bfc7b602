import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';

export const workflowsKey = ['workflows'] as const;

export function useWorkflows(q: string) {
  return useInfiniteQuery({
    queryKey: [...workflowsKey, q],
    queryFn: ({ pageParam, signal }) =>
      get<Page<WorkflowSummary>>('/api/workflows', { query: { q, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
