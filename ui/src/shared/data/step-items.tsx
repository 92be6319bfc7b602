import { useCallback, useMemo, useState } from 'react';
import type { ItemPage } from '../../api/types.js';
import type { StepItemsRequest } from '../runs/api/use-step-items.js';
import { useStepItems } from '../runs/api/use-step-items.js';
import { Loading, LoadError } from '../components/page.js';
import { ItemJson } from './item-json.js';
import { ItemSchema } from './item-schema.js';
import { ItemTable } from './item-table.js';
import { useRowLinks } from './use-row-links.js';
import { ValueViewer } from './value-viewer.js';
import type { ViewedValue } from './value-viewer.js';
import { t } from '../i18n/i18n.js';

export type DataView = 'table' | 'json' | 'schema';

interface StepItemsProps {
  request: StepItemsRequest;
  view: DataView;
  root?: string | undefined;
  /** How an expression names an item where nothing is dragged, for copying. @defaultValue `root` */
  named?: string | undefined;
  /** The item to show, by its place among all. */
  at?: number | undefined;
}

const nothing: readonly ItemPage[] = [];

/** Items of one side of a step, loaded page by page while one scrolls. */
export function StepItems({ request, view, root, named = root, at }: StepItemsProps) {
  const query = useStepItems(request);
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const indexes = useMemo(() => query.data?.pages.flatMap((page) => page.indexes ?? []) ?? [], [query.data]);
  const [viewed, setViewed] = useState<ViewedValue>();
  const placeOf = (index: number) => indexes[index] ?? (request.from ?? 0) + index;
  const links = useRowLinks({ request, pages: query.data?.pages ?? nothing, items, placeOf, at });
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
        {request.q ? t('data.noMatch') : request.side === 'input' ? t('data.nothingIn') : t('data.nothingOut')}
      </p>
    );
  }
  if (view === 'schema') return <ItemSchema items={items} root={root} named={named} />;
  return (
    <>
      {view === 'table' ? (
        <ItemTable
          items={items}
          onEnd={more}
          root={root}
          named={named}
          placeOf={placeOf}
          onView={setViewed}
          links={links}
        />
      ) : (
        <ItemJson items={items} onEnd={more} root={root} placeOf={placeOf} runId={request.runId} links={links} />
      )}
      {viewed && <ValueViewer viewed={viewed} onClose={() => setViewed(undefined)} />}
    </>
  );
}
