import { useQuery } from '@tanstack/react-query';
import type { Sentence } from '@wfaib/sdk/sentence';
import { get } from '../../../api/client.js';

export type PartState = 'ok' | 'warn' | 'failed';

/** `said`: detail and fix, to tell them in the language of the page. */
export interface SystemPart {
  id: string;
  state: PartState;
  detail: string;
  fix?: string;
  said: { detail: Sentence; fix?: Sentence };
}

export interface SystemReport {
  version: string;
  engine: 'temporal' | 'queue';
  role: string;
  parts: SystemPart[];
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
