import type { Item, ItemSource } from '@wfaib/sdk/items';
import { useMemo } from 'react';
import type { ItemPage } from '../../api/types.js';
import { t } from '../i18n/i18n.js';
import type { StepItemsRequest } from '../runs/api/use-step-items.js';
import { placeKey, useItemLinks } from './item-links.js';

/** How the rows of some items are linked with others. Rows count from 0, as they are loaded. */
export interface RowLinks {
  /** Whether the row is one of those that another was made from. */
  isMarked(row: number): boolean;
  /** The row to bring into view. */
  wanted: number | undefined;
  /** "from item 3 of Get user"; `undefined` where that is not known. */
  labelOf(row: number): string | undefined;
  /** Marks what the row was made from; nothing for no row. */
  point(row: number | undefined): void;
  /** Goes to what the row was made from. */
  follow(row: number): void;
}

export interface LinkedRows {
  request: StepItemsRequest;
  pages: readonly ItemPage[];
  items: readonly Item[];
  /** The place of a row among all items. */
  placeOf(row: number): number;
  /** The item that is looked for, by its place among all. */
  at: number | undefined;
}

/** Links between the rows that are loaded; `undefined` where nothing around them is linked. */
export function useRowLinks({ request, pages, items, placeOf, at }: LinkedRows): RowLinks | undefined {
  const links = useItemLinks();
  const places = useMemo(() => pages.flatMap((page) => page.places ?? []), [pages]);
  if (!links) return undefined;
  const { stepId, side, port } = request;
  const { pointed } = links;
  const originOf = (step: string | undefined) =>
    step === undefined ? undefined : pages.find(({ origins }) => origins[step])?.origins[step];
  const sourcesOf = (row: number): readonly ItemSource[] => {
    if (side === 'output') return items[row]?.source ?? [];
    return links.inputLeads ? places.slice(row, row + 1) : [];
  };
  const isMarked = (row: number) => {
    if (at !== undefined && placeOf(row) === at) return true;
    if (pointed.size === 0) return false;
    const place =
      side === 'input' ? places[row] : port === undefined ? undefined : { step: stepId, port, item: placeOf(row) };
    return place !== undefined && pointed.has(placeKey(place));
  };
  const wanted = links.wanted || at !== undefined ? items.findIndex((_, row) => isMarked(row)) : -1;
  return {
    isMarked,
    wanted: wanted < 0 ? undefined : wanted,
    labelOf: (row) => {
      const [first, ...others] = sourcesOf(row);
      const origin = originOf(first?.step);
      if (!first || !origin) return undefined;
      const { item: index } = first;
      const { name } = origin;
      if (others.length === 0) return t('data.from', { index, name });
      return t('data.fromMany', { index, name, count: others.length });
    },
    point: (row) => links.point(row === undefined ? [] : sourcesOf(row)),
    follow: (row) => {
      const sources = sourcesOf(row);
      const origin = originOf(sources[0]?.step);
      if (origin) links.follow(sources, origin);
    },
  };
}
