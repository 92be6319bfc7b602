import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

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
