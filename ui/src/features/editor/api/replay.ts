import { useMutation } from '@tanstack/react-query';
import { post } from '../../../api/client.js';

export type ReplayVerdict = 'same' | 'path' | 'data' | 'unknown';

export interface ReplayedRun {
  runId: string;
  createdAt: string;
  verdict: ReplayVerdict;
  differences: { kind: ReplayVerdict; nodeId: string; name: string; iteration: number[]; why: string }[];
  why?: string;
}

export interface WorkflowReplay {
  runs: ReplayedRun[];
  counts: Record<ReplayVerdict, number>;
}

/** Tries the draft on the newest runs; nothing is done to the outside. */
export function useReplay(workflowId: string) {
  return useMutation({
    mutationFn: () => post<WorkflowReplay>(`/api/workflows/${workflowId}/replay`, { version: 'draft', runs: 20 }),
  });
}
