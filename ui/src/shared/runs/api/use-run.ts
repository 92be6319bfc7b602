import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Run } from '../../../api/types.js';

export const runKey = (runId: string | undefined) => ['run', runId] as const;

const openStatuses = new Set(['pending', 'running', 'waiting', 'paused']);
export const isOpen = (status: string | undefined) => status !== undefined && openStatuses.has(status);

/** The run as the server shows it; asked again every few seconds while it is open, should the live stream be down. */
export function useRun(runId: string | undefined) {
  return useQuery({
    queryKey: runKey(runId),
    queryFn: ({ signal }) => get<Run>(`/api/runs/${runId}`, { signal }),
    enabled: runId !== undefined,
    refetchInterval: (query) => (isOpen(query.state.data?.status) ? 3_000 : false),
  });
}
