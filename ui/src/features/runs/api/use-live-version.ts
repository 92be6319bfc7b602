import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Workflow } from '../../../api/types.js';

/** Number of the version of a workflow that is live; `null` where none is, `undefined` while it is asked. */
export function useLiveVersion(workflowId: string | null): number | null | undefined {
  const workflow = useQuery({
    queryKey: ['live-version', workflowId],
    enabled: workflowId !== null,
    queryFn: ({ signal }) => get<Workflow>(`/api/workflows/${workflowId}`, { signal }),
    select: ({ live }) => live,
    gcTime: 0,
  });
  return workflow.data;
}
