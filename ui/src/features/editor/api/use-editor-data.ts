import { useQuery } from '@tanstack/react-query';
import type { NodeDescriptor } from '@wfaib/sdk/node-descriptor';
import { get } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

export function useNodeTypes() {
  return useQuery({
    queryKey: ['node-types'],
    queryFn: () => get<{ items: NodeDescriptor[] }>('/api/node-types').then((answer) => answer.items),
    staleTime: 60_000,
  });
}

export const workflowKey = (id: string) => ['workflow', id] as const;

/** Read once when the editor opens; from then on the editor's own document counts. */
export function useWorkflow(id: string) {
  return useQuery({
    queryKey: workflowKey(id),
    queryFn: () => get<Workflow>(`/api/workflows/${id}`),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}
