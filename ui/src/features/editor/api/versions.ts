import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, patch, post } from '../../../api/client.js';
import type { Page, WorkflowVersion } from '../../../api/types.js';
import { partOfNode } from '../graph/changes-between.js';

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
export const publish = (workflowId: string, choice: { version?: number; note?: string }) =>
  post<{ version: number }>(`/api/workflows/${workflowId}/publish`, choice);

export const noteVersion = (workflowId: string, version: number, note: string) =>
  patch(`/api/workflows/${workflowId}/versions/${version}`, { note });

/** Who changed a part of the draft last since it was published. */
export interface ChangeAuthor {
  part: string;
  nodeId?: string;
  name: string | null;
  at: string;
}

/** Who changed what, by part of the document. Asked anew for each revision. */
export function useChangeAuthors(workflowId: string, revision: number, isWanted: boolean) {
  return useQuery({
    queryKey: ['changes', workflowId, revision],
    enabled: isWanted,
    placeholderData: keepPreviousData,
    queryFn: async () => {
      const { items } = await get<Page<ChangeAuthor>>(`/api/workflows/${workflowId}/changes`);
      return new Map(items.map((item) => [item.nodeId === undefined ? item.part : partOfNode(item.nodeId), item]));
    },
  });
}

export const unpublish = (workflowId: string) => post<unknown>(`/api/workflows/${workflowId}/unpublish`);
