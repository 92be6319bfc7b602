import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { HistoryEntry, RunOverview } from '../../api/types.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { useDebounced } from '../../shared/hooks/use-debounced.js';
import { historyPage, useHistoryPages } from './api/use-history.js';
import { HistoryMoment } from './history-moment.js';
import { iterationText } from './model/selection.js';
import type { StepToEdit } from './edit-and-run-dialog.js';

interface RunHistoryProps {
  run: RunOverview;
  /** The event that is looked at, from 1. */
  seq: number;
  onSeq(seq: number): void;
  onFork(seq: number): void;
  onEdit(step: StepToEdit, seq: number): void;
}

const rowHeight = 32;
/** A slider that is dragged asks for the moment where it rests, in milliseconds. */
const restMs = 150;

/** Everything that happened to a run, and what the run was like at the event that is chosen. */
export function RunHistory({ run, seq, onSeq, onFork, onEdit }: RunHistoryProps) {
  const chosen = Math.min(Math.max(1, seq), run.lastSeq);
  return (
    <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
      <section aria-label="Events" className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface">
        <header className="flex h-10 shrink-0 items-center gap-3 border-b border-line px-4 text-12 text-muted">
          <label className="flex min-w-0 flex-1 items-center gap-3">
            <span className="whitespace-nowrap">
              Event {formatNumber(chosen)} of {formatNumber(run.lastSeq)}
            </span>
            <input
              type="range"
              aria-label="Moment"
              className="min-w-0 flex-1 accent-accent"
              min={1}
              max={run.lastSeq}
              value={chosen}
              onChange={(event) => onSeq(Number(event.target.value))}
            />
          </label>
        </header>
        <EventList run={run} chosen={chosen} onSeq={onSeq} />
      </section>
      <aside className="h-1/2 shrink-0 border-t border-line lg:h-auto lg:w-[46%] lg:border-t-0 lg:border-l">
        <HistoryMoment run={run} seq={useDebounced(chosen, restMs)} onFork={onFork} onEdit={onEdit} />
      </aside>
    </div>
  );
}

function EventList({ run, chosen, onSeq }: { run: RunOverview; chosen: number; onSeq(seq: number): void }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: run.lastSeq,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const wanted = [...new Set(visible.map(({ index }) => Math.floor(index / historyPage)))];
  const pages = useHistoryPages(run.id, wanted, run.lastSeq);
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  useEffect(() => rows.scrollToIndex(chosen - 1), [rows, chosen]);
  const walk = (event: React.KeyboardEvent) => {
    const by = {
      ArrowDown: 1,
      ArrowUp: -1,
      j: 1,
      k: -1,
      PageDown: 20,
      PageUp: -20,
      Home: -run.lastSeq,
      End: run.lastSeq,
    }[event.key];
    if (!by) return;
    event.preventDefault();
    onSeq(Math.min(run.lastSeq, Math.max(1, chosen + by)));
  };
  return (
    <div
      ref={scroller}
      className="thin-scroll min-h-0 flex-1 overflow-auto"
      role="listbox"
      aria-label="Events of the run"
      tabIndex={0}
      onKeyDown={walk}
    >
      <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const entry = byPage.get(Math.floor(index / historyPage))?.items[index % historyPage];
          return (
            <div
              key={index}
              role="presentation"
              className="absolute inset-x-0"
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              {entry ? (
                <EventRow entry={entry} chosen={entry.seq === chosen} onChoose={() => onSeq(entry.seq)} />
              ) : (
                <div className="mx-4 mt-3 h-2 rounded bg-subtle" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function EventRow({ entry, chosen, onChoose }: { entry: HistoryEntry; chosen: boolean; onChoose(): void }) {
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onClick={onChoose}
      className={`flex h-8 w-full items-center gap-3 border-b border-line/60 px-4 text-left ${chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <span className="w-10 shrink-0 text-12 text-muted">{entry.seq}</span>
      <span className="w-20 shrink-0 text-12 text-muted" title={formatInstantFully(entry.at)}>
        {formatInstant(entry.at)}
      </span>
      <span className={`min-w-0 flex-1 truncate ${entry.error ? 'text-failed' : ''}`} title={entry.summary}>
        {entry.summary}
        {entry.step && entry.step.iteration.length > 0 && (
          <span className="ml-1.5 text-12 text-muted">#{iterationText(entry.step.iteration)}</span>
        )}
      </span>
    </button>
  );
}
