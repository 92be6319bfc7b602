import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { StepStory } from '../../api/types.js';
import { StatusGlyph, statusLooks } from '../../shared/components/status.js';
import { formatNumber } from '../../shared/format/count.js';
import { durationBetween, formatDuration, formatInstant } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useVisitPages, visitPage } from './api/use-visits.js';
import { iterationText } from './model/selection.js';
import { visitStatus } from './model/step-status.js';

interface VisitListProps {
  runId: string;
  total: number;
  chosenId: string | undefined;
  now: number;
  onChoose(visit: StepStory): void;
}

const rowHeight = 32;

/** Every visit of every step, in the order in which they started; only the pages in view are asked for. */
export function VisitList({ runId, total, chosenId, now, onChoose }: VisitListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [problems, setProblems] = useStored('run-problems-only', false);
  const count = useRef(total);
  const rows = useVirtualizer({
    count: problems ? count.current : total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const visible = rows.getVirtualItems();
  const wanted = [...new Set([0, ...visible.map(({ index }) => Math.floor(index / visitPage))])];
  const pages = useVisitPages(runId, problems, wanted);
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  count.current = byPage.get(0)?.total ?? total;
  const visitAt = (index: number) => byPage.get(Math.floor(index / visitPage))?.items[index % visitPage];
  const walk = (event: React.KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = visible.find(({ index }) => visitAt(index)?.id === chosenId)?.index ?? -1;
    const next = visitAt(at + by);
    if (!next) return;
    onChoose(next);
    rows.scrollToIndex(at + by);
  };
  return (
    <section aria-label="All visits" className="flex h-full flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-4 text-12 text-muted">
        <span className="font-medium">{formatNumber(count.current)} visits</span>
        <label className="ml-auto flex items-center gap-1.5">
          <input type="checkbox" checked={problems} onChange={(event) => setProblems(event.target.checked)} />
          Failed or retried
        </label>
      </header>
      <div
        ref={scroller}
        className="thin-scroll min-h-0 flex-1 overflow-auto"
        role="listbox"
        aria-label="Visits"
        tabIndex={0}
        onKeyDown={walk}
      >
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const visit = visitAt(index);
            return (
              <div
                key={index}
                role="presentation"
                className="absolute inset-x-0"
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                {visit ? (
                  <VisitRow visit={visit} chosen={visit.id === chosenId} now={now} onChoose={() => onChoose(visit)} />
                ) : (
                  <div className="mx-4 mt-3 h-2 rounded bg-subtle" />
                )}
              </div>
            );
          })}
        </div>
        {count.current === 0 && <p className="p-8 text-center text-muted">No step failed or was retried.</p>}
      </div>
    </section>
  );
}

function VisitRow({
  visit,
  chosen,
  now,
  onChoose,
}: {
  visit: StepStory;
  chosen: boolean;
  now: number;
  onChoose(): void;
}) {
  const took = durationBetween(visit.startedAt, visit.endedAt, now);
  const status = visitStatus(visit);
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-label={`${visit.name} ${iterationText(visit.iteration)}, ${statusLooks[status].label}`}
      onClick={onChoose}
      className={`flex h-8 w-full items-center gap-3 border-b border-line/60 px-4 text-left ${chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <span className="w-14 shrink-0 text-12 text-muted">{visit.position + 1}</span>
      <StatusGlyph status={status} />
      <span className="min-w-0 flex-1 truncate">
        {visit.name}
        {visit.iteration.length > 0 && (
          <span className="ml-1.5 text-12 text-muted">#{iterationText(visit.iteration)}</span>
        )}
        {visit.attempt > 1 && <span className="ml-1.5 text-12 text-retrying">attempt {visit.attempt}</span>}
        {visit.error && <span className="ml-2 text-12 text-muted">{visit.error.message}</span>}
      </span>
      <span className="hidden text-12 text-muted sm:block">{formatInstant(visit.startedAt)}</span>
      <span className="w-16 text-right text-12 text-muted">{took === undefined ? '' : formatDuration(took)}</span>
    </button>
  );
}
