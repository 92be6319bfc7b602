import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Credential, Health, Page, RunSummary, WorkflowSummary } from '../../../api/types.js';

const dayMs = 86_400_000;

/** Runs of a status that people should look at, of the last day where they are over. */
export function useAttention(status: 'failed' | 'paused,waiting') {
  return useQuery({
    queryKey: ['runs', 'attention', status],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => {
      const from = status === 'failed' ? new Date(Date.now() - dayMs).toISOString() : undefined;
      return get<Page<RunSummary>>('/api/runs', { query: { status, mode: 'production', from, limit: 6 }, signal });
    },
    select: (page) => page.items,
  });
}

export function useRecentWorkflows() {
  return useQuery({
    queryKey: ['workflows', 'recent'],
    queryFn: ({ signal }) => get<Page<WorkflowSummary>>('/api/workflows', { query: { limit: 6 }, signal }),
    select: (page) => page.items,
  });
}

/** Credentials whose service refused them when they were tested last. */
export function useFailingCredentials() {
  return useQuery({
    queryKey: ['credentials'],
    queryFn: ({ signal }) => get<Page<Credential>>('/api/credentials', { signal }).then((page) => page.items),
    select: (credentials) => credentials.filter(({ lastTest }) => lastTest?.ok === false),
  });
}

export function useHealthNow() {
  return useQuery({
    queryKey: ['health'],
    queryFn: async () => (await (await fetch('/health/ready')).json()) as Health,
  });
}
