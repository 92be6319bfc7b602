import { useCallback, useMemo } from 'react';
import type { StepItemsRequest } from '../runs/api/use-step-items.js';
import { useStepItems } from '../runs/api/use-step-items.js';
import { Loading, LoadError } from '../components/page.js';
import { ItemJson } from './item-json.js';
import { ItemSchema } from './item-schema.js';
import { ItemTable } from './item-table.js';

export type DataView = 'table' | 'json' | 'schema';

interface StepItemsProps {
  request: StepItemsRequest;
  view: DataView;
  root?: string | undefined;
}

/** Items of one side of a step, loaded page by page while one scrolls. */
export function StepItems({ request, view, root }: StepItemsProps) {
  const query = useStepItems(request);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (query.isPending) return <Loading />;
  if (query.isError)
    return (
      <div className="p-3">
        <LoadError error={query.error} onRetry={() => void query.refetch()} />
      </div>
    );
  if (items.length === 0) {
    return (
      <p className="p-6 text-center text-13 text-muted">
        {request.side === 'input' ? 'Nothing came in.' : 'Nothing came out.'}
      </p>
    );
  }
  if (view === 'schema') return <ItemSchema items={items} root={root} />;
  return view === 'table' ? (
    <ItemTable items={items} onEnd={more} root={root} />
  ) : (
    <ItemJson items={items} onEnd={more} />
  );
}
