import { useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';

export const workflowsKey = ['workflows'] as const;

export interface WorkflowFilters {
  q?: string;
  folder?: string;
  tag?: string;
  live?: string;
}

export function useWorkflows(filters: WorkflowFilters) {
  return useInfiniteQuery({
    queryKey: [...workflowsKey, filters],
    queryFn: ({ pageParam, signal }) =>
      get<Page<WorkflowSummary>>('/api/workflows', { query: { ...filters, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
