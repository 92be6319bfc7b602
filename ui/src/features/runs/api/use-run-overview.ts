import { useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { RunOverview } from '../../../api/types.js';
import { isOpen } from '../../../shared/runs/api/use-run.js';

/** Everything that is asked about a run begins with this: one invalidation renews a whole page. */
export const runPageKey = (runId: string) => ['run-page', runId] as const;

/** Asked again every few seconds while the run is open, should the live stream be down. */
export function useRunOverview(runId: string) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'overview'],
    queryFn: ({ signal }) => get<RunOverview>(`/api/runs/${runId}/overview`, { signal }),
    refetchInterval: (query) => (isOpen(query.state.data?.status) ? 5_000 : false),
  });
}
