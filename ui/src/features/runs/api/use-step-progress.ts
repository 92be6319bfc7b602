import { useQuery } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { StepProgress } from '../../../api/live.js';

type ByStep = ReadonlyMap<string, StepProgress>;

const progressKey = (runId: string) => ['run-progress', runId] as const;
const none: ByStep = new Map();

/** How far the steps of a run are, as the stream said last. */
export function useStepProgress(runId: string): ByStep {
  return useQuery({ queryKey: progressKey(runId), queryFn: () => none, enabled: false, initialData: none }).data;
}

export function takeProgress(queryClient: QueryClient, runId: string, news: StepProgress): void {
  queryClient.setQueryData<ByStep>(progressKey(runId), (before = none) => new Map(before).set(news.step, news));
}
