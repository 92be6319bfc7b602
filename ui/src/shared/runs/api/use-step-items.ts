import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { get } from '../../../api/client.js';
import type { ItemPage } from '../../../api/types.js';

export interface StepItemsRequest {
  runId: string;
  stepId: string;
  side: 'input' | 'output';
  port?: string | undefined;
  /** The first item to read. @defaultValue 0 */
  from?: number;
  /** Only items that hold this text. */
  q?: string | undefined;
  /** Changes when the step has new data, so that old pages are not shown for it. */
  version?: string | number | undefined;
}

const pageSize = 100;

/** Items of a step, page by page: the browser never holds a whole run. */
export function useStepItems(request: StepItemsRequest | undefined) {
  return useInfiniteQuery({
    queryKey: ['items', request],
    enabled: request !== undefined,
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    initialPageParam: request?.from ?? 0,
    queryFn: ({ pageParam, signal }) => {
      if (!request) throw new Error('No step is chosen.');
      return get<ItemPage>(`/api/runs/${request.runId}/steps/${encodeURIComponent(request.stepId)}/items`, {
        query: { side: request.side, port: request.port, q: request.q, offset: pageParam, limit: pageSize },
        signal,
      });
    },
    getNextPageParam: (page, _pages, offset) => {
      const next = offset + page.items.length;
      const more = page.total === undefined ? page.items.length === pageSize : next < page.total;
      return more && page.items.length > 0 ? next : undefined;
    },
  });
}
