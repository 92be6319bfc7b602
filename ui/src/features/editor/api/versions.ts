import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../../api/client.js';
import type { Page, WorkflowVersion } from '../../../api/types.js';

export const versionsKey = (workflowId: string) => ['versions', workflowId] as const;

export function useVersions(workflowId: string) {
  return useQuery({
    queryKey: versionsKey(workflowId),
    queryFn: async () => {
      const answer = await get<Page<WorkflowVersion> | WorkflowVersion[]>(`/api/workflows/${workflowId}/versions`);
      const versions = Array.isArray(answer) ? answer : answer.items;
      return versions.toSorted((a, b) => b.version - a.version);
    },
  });
}

/** One version with its document; versions never change. */
export function useVersion(workflowId: string, version: number | null) {
  return useQuery({
    queryKey: [...versionsKey(workflowId), version],
    enabled: version !== null,
    staleTime: Infinity,
    queryFn: () => getVersion(workflowId, version ?? 0),
  });
}

export const getVersion = (workflowId: string, version: number) =>
  get<WorkflowVersion>(`/api/workflows/${workflowId}/versions/${version}`);

/** Goes live with the draft, or with an older version. */
export const publish = (workflowId: string, version?: number) =>
  post<{ version: number }>(`/api/workflows/${workflowId}/publish`, version === undefined ? {} : { version });

export const unpublish = (workflowId: string) => post<unknown>(`/api/workflows/${workflowId}/unpublish`);
