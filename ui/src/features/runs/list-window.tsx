import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useRowHeight } from '../../shared/hooks/use-row-height.js';

/** What of a long list is in sight. */
export type ListWindowState = ReturnType<typeof useListWindow>;

/** Watches which rows of a list are in sight, and which pages of `pageSize` rows they are on. */
export function useListWindow(count: number, pageSize: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const visible = rows.getVirtualItems();
  const pages = [...new Set(visible.map(({ index }) => Math.floor(index / pageSize)))];
  return { scroller, rows, rowHeight, visible, count, pages };
}

interface ListWindowProps {
  label: string;
  list: ListWindowState;
  /** Row that is chosen; -1 where none in sight is. */
  chosen: number;
  onChoose(index: number): void;
  /** A row, or nothing while it is fetched. */
  renderRow(index: number): ReactNode;
  /** Stands where there are no rows. */
  empty?: ReactNode;
}

const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, PageDown: 20, PageUp: -20 };

/** A list of any length of which only what is in sight is drawn. Arrows, J and K, page keys, Home and End walk it. */
export function ListWindow({ label, list, chosen, onChoose, renderRow, empty }: ListWindowProps) {
  const { scroller, rows, rowHeight, visible, count } = list;
  const walk = (event: React.KeyboardEvent) => {
    const by = { ...steps, Home: -count, End: count }[event.key];
    if (!by || count === 0) return;
    event.preventDefault();
    const next = Math.min(count - 1, Math.max(0, chosen + by));
    onChoose(next);
    rows.scrollToIndex(next);
  };
  return (
    <div
      ref={scroller}
      className="thin-scroll min-h-0 flex-1 overflow-auto"
      role="listbox"
      aria-label={label}
      tabIndex={0}
      onKeyDown={walk}
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start }) => (
          <div
            key={index}
            role="presentation"
            className="absolute inset-x-0"
            style={{ height: rowHeight, transform: `translateY(${start}px)` }}
          >
            {renderRow(index) ?? <div className="mx-4 mt-3 h-2 rounded bg-subtle" />}
          </div>
        ))}
      </div>
      {count === 0 && empty}
    </div>
  );
}

interface ListOptionProps {
  chosen: boolean;
  /** What is read out; what it shows where left out. */
  label?: string;
  onChoose(): void;
  children: ReactNode;
}

/** A row of a {@link ListWindow}. */
export function ListOption({ chosen, label, onChoose, children }: ListOptionProps) {
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-label={label}
      onClick={onChoose}
      className={`flex h-full w-full items-center gap-3 border-b border-line/60 px-4 text-left ${chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      {children}
    </button>
  );
}
