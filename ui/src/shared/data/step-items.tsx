import { useCallback, useMemo, useState } from 'react';
import type { StepItemsRequest } from '../runs/api/use-step-items.js';
import { useStepItems } from '../runs/api/use-step-items.js';
import { Loading, LoadError } from '../components/page.js';
import { ItemJson } from './item-json.js';
import { ItemSchema } from './item-schema.js';
import { ItemTable } from './item-table.js';
import { ValueViewer } from './value-viewer.js';
import type { ViewedValue } from './value-viewer.js';

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
  const indexes = useMemo(() => query.data?.pages.flatMap((page) => page.indexes ?? []) ?? [], [query.data]);
  const [viewed, setViewed] = useState<ViewedValue>();
  const placeOf = (index: number) => indexes[index] ?? (request.from ?? 0) + index;
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
        {request.q ? 'No item holds this text.' : request.side === 'input' ? 'Nothing came in.' : 'Nothing came out.'}
      </p>
    );
  }
  if (view === 'schema') return <ItemSchema items={items} root={root} />;
  return (
    <>
      {view === 'table' ? (
        <ItemTable items={items} onEnd={more} root={root} placeOf={placeOf} onView={setViewed} />
      ) : (
        <ItemJson items={items} onEnd={more} root={root} placeOf={placeOf} runId={request.runId} />
      )}
      {viewed && <ValueViewer viewed={viewed} onClose={() => setViewed(undefined)} />}
    </>
  );
}
