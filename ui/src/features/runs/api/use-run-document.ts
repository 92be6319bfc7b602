import { useQuery } from '@tanstack/react-query';
import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { get } from '../../../api/client.js';

/** The document the run was started with; it never changes. */
export function useRunDocument(runId: string) {
  return useQuery({
    queryKey: ['run-document', runId],
    queryFn: async () => {
      const answer = await get<WorkflowDocument | { document: WorkflowDocument }>(`/api/runs/${runId}/document`);
      return 'document' in answer ? answer.document : answer;
    },
    staleTime: Infinity,
  });
}
