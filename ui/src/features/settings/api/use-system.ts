import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';

export type PartState = 'ok' | 'warn' | 'failed';

export interface SystemReport {
  version: string;
  engine: 'temporal' | 'queue';
  role: string;
  parts: { id: string; state: PartState; detail: string; fix?: string }[];
  processes: { role: string; pid: number; parentPid?: number; residentBytes?: number }[];
  runs: { pending: number; running: number; waiting: number; paused: number; oldestPendingMs: number };
}

/** Every part of the installation; asked again while somebody looks. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<SystemReport>('/api/system', { signal }),
  });
}
