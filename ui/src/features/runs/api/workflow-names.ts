import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page, WorkflowSummary } from '../../../api/types.js';

/** Names of workflows by id, for the filter and the rows. */
export function useWorkflowNames() {
  return useQuery({
    queryKey: ['workflow-names'],
    queryFn: () => get<Page<WorkflowSummary>>('/api/workflows'),
    select: (page) => new Map(page.items.map((workflow) => [workflow.id, workflow.name])),
    staleTime: 30_000,
  });
}
