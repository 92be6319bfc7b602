import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { Page } from '../../../api/types.js';

/** What a step gave once, in some run of its workflow. */
export interface PastOutput {
  runId: string;
  stepId: string;
  mode: 'production' | 'test';
  version: number | null;
  at: string | null;
  /** Items by port. */
  ports: Record<string, number>;
}

/** The last 20 outputs of a step, newest first, over all runs of the workflow. */
export function usePastOutputs(workflowId: string, nodeId: string) {
  return useQuery({
    queryKey: ['past-outputs', workflowId, nodeId],
    queryFn: ({ signal }) =>
      get<Page<PastOutput>>('/api/step-outputs', { query: { workflowId, nodeId }, signal }).then(({ items }) => items),
  });
}
