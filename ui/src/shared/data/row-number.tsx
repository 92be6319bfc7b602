import type { KeyboardEvent } from 'react';
import type { RowLinks } from './use-row-links.js';

interface RowNumberProps {
  row: number;
  number: number;
  links: RowLinks | undefined;
  /** Of all row numbers only the first can be reached by Tab; arrows go to the others. */
  isFirst: boolean;
}

/** The number of an item; where it is known what the item was made from, it leads there. */
export function RowNumber({ row, number, links, isFirst }: RowNumberProps) {
  const label = links?.labelOf(row);
  if (!links || label === undefined) return number;
  return (
    <button
      type="button"
      tabIndex={isFirst ? 0 : -1}
      title={label}
      aria-label={`${number}, ${label}`}
      onClick={() => links.follow(row)}
      onFocus={() => links.point(row)}
      onBlur={() => links.point(undefined)}
      onKeyDown={toNeighbour}
      className="w-full text-left hover:text-ink hover:underline"
    >
      {number}
    </button>
  );
}

/** What an item was made from, in words; a press leads there. */
export function RowOrigin({ row, links }: Pick<RowNumberProps, 'row' | 'links'>) {
  const label = links?.labelOf(row);
  if (!links || label === undefined) return null;
  return (
    <button
      type="button"
      onClick={() => links.follow(row)}
      onFocus={() => links.point(row)}
      onBlur={() => links.point(undefined)}
      className="min-h-6 rounded underline underline-offset-2 hover:text-ink"
    >
      {label}
    </button>
  );
}

function toNeighbour(event: KeyboardEvent<HTMLElement>): void {
  const row = event.currentTarget.closest('[role=row]');
  const next = { ArrowDown: row?.nextElementSibling, ArrowUp: row?.previousElementSibling }[event.key];
  const button = next?.querySelector<HTMLElement>('[role=cell]:first-child button');
  if (!button) return;
  event.preventDefault();
  button.focus();
}
