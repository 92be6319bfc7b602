import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { LoopIterations, Slice, StepStory } from '../../../api/types.js';
import type { Selection } from '../model/selection.js';
import { runPageKey } from './use-run-overview.js';

/** Visits of a page of the list. */
export const visitPage = 100;

const read = (runId: string, query: Record<string, string | number | undefined>, signal: AbortSignal) =>
  get<Slice<StepStory>>(`/api/runs/${runId}/steps`, { query, signal });

/** The first visits of the run, enough to draw most runs whole. */
export function useFirstVisits(runId: string) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'first-visits'],
    queryFn: ({ signal }) => read(runId, { limit: 300 }, signal),
  });
}

/** The first visits that touched the outside or needed more than one attempt. */
export function useKeyedVisits(runId: string) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'keyed-visits'],
    queryFn: ({ signal }) => read(runId, { keyed: 'true', limit: 200 }, signal),
  });
}

/** The visits of the chosen node in the chosen iteration. */
export function useChosenVisits(runId: string, { nodeId, iteration }: Selection) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'visits', nodeId, iteration],
    enabled: nodeId !== undefined,
    queryFn: ({ signal }) => read(runId, { nodeId, iteration: iteration.join(','), limit: 500 }, signal),
    placeholderData: (before, query) => (query?.queryKey[3] === nodeId ? before : undefined),
  });
}

/** Pages of all visits, only those that are looked at. */
export function useVisitPages(runId: string, problems: boolean, pages: readonly number[]) {
  return useQueries({
    queries: pages.map((page) => ({
      queryKey: [...runPageKey(runId), 'visit-page', problems, page],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        read(runId, { offset: page * visitPage, limit: visitPage, problems: problems ? 'true' : undefined }, signal),
      placeholderData: keepPreviousData,
    })),
  });
}

/** The iterations of a loop, from `offset` on. */
export function useIterations(
  runId: string,
  loop: { body: readonly string[]; within: readonly number[]; problems: boolean; offset: number },
) {
  return useQuery({
    queryKey: [...runPageKey(runId), 'iterations', loop],
    enabled: loop.body.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      get<LoopIterations>(`/api/runs/${runId}/iterations`, {
        query: {
          nodes: loop.body.join(','),
          within: loop.within.join(','),
          problems: loop.problems ? 'true' : undefined,
          offset: loop.offset,
          limit: 100,
        },
        signal,
      }),
  });
}
