import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { LogLine, Page } from '../../../api/types.js';

export function useStepLogs(runId: string | undefined, stepId: string | undefined) {
  return useQuery({
    queryKey: ['logs', runId, stepId],
    enabled: runId !== undefined && stepId !== undefined,
    queryFn: async ({ signal }) => {
      const answer = await get<Page<LogLine> | LogLine[]>(
        `/api/runs/${runId}/steps/${encodeURIComponent(stepId ?? '')}/logs`,
        { signal },
      );
      return Array.isArray(answer) ? answer : answer.items;
    },
  });
}
