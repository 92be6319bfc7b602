import { useQuery } from '@tanstack/react-query';
import { get, post, remove } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

/** A small job that failed for good. */
export interface DeadJob {
  id: string;
  kind: string;
  attempts: number;
  error: string;
  failedAt: string | null;
}

export const deadJobsKey = ['dead-jobs'] as const;

export function useDeadJobs() {
  return useQuery({
    queryKey: deadJobsKey,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<Page<DeadJob>>('/api/jobs/dead', { query: { limit: 50 }, signal }),
  });
}

export const runDeadJob = (id: string) => post(`/api/jobs/dead/${encodeURIComponent(id)}/retry`);
export const deleteDeadJob = (id: string) => remove(`/api/jobs/dead/${encodeURIComponent(id)}`);
