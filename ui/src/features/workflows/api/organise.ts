import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, request } from '../../../api/client.js';
import type { RunStatus } from '../../../api/types.js';

export interface Labels {
  folders: { name: string; count: number }[];
  tags: { name: string; count: number }[];
}

/** Folders and tags in use. */
export function useLabels() {
  return useQuery({
    queryKey: ['workflows', 'labels'],
    queryFn: ({ signal }) => get<Labels>('/api/workflows/labels', { signal }),
  });
}

export const organise = (id: string, body: { folder?: string; tags?: string[] }) =>
  request<void>('PATCH', `/api/workflows/${id}`, { body });

export type RecentRuns = Record<string, { id: string; status: RunStatus; createdAt: string }[]>;

/** How the last 20 runs of each workflow went, newest first. */
export function useRecentRuns(ids: readonly string[]) {
  return useQuery({
    queryKey: ['runs', 'recent', ids],
    enabled: ids.length > 0,
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<RecentRuns>('/api/recent-runs', { query: { workflowIds: ids.slice(0, 200).join(',') }, signal }),
  });
}
