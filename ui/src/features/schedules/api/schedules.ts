import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../api/client.js';
import type { Page, RunStatus } from '../../../api/types.js';

export interface Firing {
  scheduledFor: string;
  kind: 'schedule' | 'trigger' | 'backfill';
  state: 'waiting' | 'running' | 'done' | 'skipped' | 'dropped' | 'failed';
  runId: string | null;
  runStatus: RunStatus | null;
  note: string | null;
  at: string;
}

export interface Schedule {
  id: string;
  workflowId: string;
  workflowName: string;
  nodeId: string;
  nodeName: string;
  version: number;
  cron: string[];
  every: string | null;
  timezone: string;
  overlap: 'skip' | 'buffer' | 'allow';
  armed: boolean;
  paused: { at: string; by: string | null; note: string | null } | null;
  nextAt: string | null;
  last: Firing | null;
  waiting: number;
  running: number;
  missed: { count: number; from: string; to: string } | null;
}

export const schedulesKey = ['schedules'] as const;

/** Also those whose workflow is not live any more. */
export function useSchedules() {
  return useQuery({
    queryKey: schedulesKey,
    refetchInterval: 10_000,
    queryFn: ({ signal }) => get<Page<Schedule>>('/api/schedules', { query: { all: 'true', limit: 200 }, signal }),
  });
}

export function useNextTimes(id: string) {
  return useQuery({
    queryKey: [...schedulesKey, id, 'next'],
    queryFn: ({ signal }) => get<{ times: string[] }>(`/api/schedules/${id}/next`, { query: { count: 5 }, signal }),
  });
}

export function useFirings(id: string) {
  return useQuery({
    queryKey: [...schedulesKey, id, 'firings'],
    queryFn: ({ signal }) => get<Page<Firing>>(`/api/schedules/${id}/firings`, { query: { limit: 10 }, signal }),
  });
}

export const pauseSchedule = (id: string, note: string) =>
  post<Schedule>(`/api/schedules/${id}/pause`, note === '' ? {} : { note });
export const resumeSchedule = (id: string) => post<Schedule>(`/api/schedules/${id}/resume`);
export const triggerSchedule = (id: string) => post<{ runId: string }>(`/api/schedules/${id}/trigger`);
export const backfillSchedule = (id: string, range: { from: string; to: string }) =>
  post<{ starts: number; alreadyRun: number }>(`/api/schedules/${id}/backfill`, range);
