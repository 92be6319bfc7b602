import type { ItemSource } from '@wfaib/sdk/items';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ItemOrigin } from '../../api/types.js';

/** Rows that belong together: an item, and those of an earlier step that it was made from. */
export interface ItemLinks {
  /** Places of the items that the row pointed at was made from, as {@link placeKey} writes them. */
  pointed: ReadonlySet<string>;
  /** Whether the first of them is to be brought into view. */
  wanted: boolean;
  /** Whether rows of an input lead back, too, to the step that sent them. */
  inputLeads: boolean;
  point(sources: readonly ItemSource[]): void;
  /** Goes to the first of them, whose visit is `origin`. */
  follow(sources: readonly ItemSource[], origin: ItemOrigin): void;
}

/** An item that was made from more is drawn with this many of them. */
const most = 1_000;
const none: ReadonlySet<string> = new Set();

export const placeKey = ({ step, port, item }: ItemSource) => `${step} ${item} ${port}`;

const LinksContext = createContext<ItemLinks | undefined>(undefined);

export const useItemLinks = () => useContext(LinksContext);

interface LinkedItemsProps {
  children: ReactNode;
  /** Shows the item that is gone to, where it is not in view beside. */
  onFollow?: ((source: ItemSource, origin: ItemOrigin) => void) | undefined;
  inputLeads?: boolean;
}

/** Links the rows of all items within. */
export function LinkedItems({ children, onFollow, inputLeads = false }: LinkedItemsProps) {
  const [{ pointed, wanted }, setPointed] = useState({ pointed: none, wanted: false });
  const mark = useCallback(
    (sources: readonly ItemSource[], isWanted: boolean) =>
      setPointed((before) => {
        // What was gone to stays marked until another row is pointed at.
        if (sources.length === 0 && (before.wanted || before.pointed.size === 0)) return before;
        return { pointed: new Set(sources.slice(0, most).map(placeKey)), wanted: isWanted };
      }),
    [],
  );
  const links = useMemo<ItemLinks>(
    () => ({
      pointed,
      wanted,
      inputLeads,
      point: (sources) => mark(sources, false),
      follow: (sources, origin) => {
        mark(sources, true);
        if (sources[0]) onFollow?.(sources[0], origin);
      },
    }),
    [pointed, wanted, inputLeads, mark, onFollow],
  );
  return <LinksContext value={links}>{children}</LinksContext>;
}
