import { useEffect } from 'react';
import type { HistoryEntry, RunOverview } from '../../api/types.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { useDebounced } from '../../shared/hooks/use-debounced.js';
import { t } from '../../shared/i18n/i18n.js';
import { told } from '../../shared/i18n/told.js';
import { useNodeTypes } from '../../shared/steps/use-node-types.js';
import { historyPage, useHistoryPages } from './api/use-history.js';
import { HistoryMoment } from './history-moment.js';
import { ListOption, ListWindow, useListWindow } from './list-window.js';
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

/** A slider that is dragged asks for the moment where it rests, in milliseconds. */
const restMs = 150;

/** Everything that happened to a run, and what the run was like at the event that is chosen. */
export function RunHistory({ run, seq, onSeq, onFork, onEdit }: RunHistoryProps) {
  const chosen = Math.min(Math.max(1, seq), run.lastSeq);
  // They bring the names of ways out in the language of the page, which the sentences hold.
  useNodeTypes();
  return (
    <div className="flex min-h-0 flex-1 flex-col max-md:flex-none lg:flex-row">
      <section
        aria-label={t('runs.history.events')}
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-surface max-md:h-[50dvh] max-md:flex-none"
      >
        <header className="flex min-h-10 shrink-0 items-center gap-3 border-b border-line px-4 text-12 text-muted">
          <label className="flex min-w-0 flex-1 items-center gap-3">
            <span className="whitespace-nowrap">
              {t('runs.history.event', { at: formatNumber(chosen), total: formatNumber(run.lastSeq) })}
            </span>
            <input
              type="range"
              aria-label={t('runs.history.moment')}
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
      <aside className="h-1/2 shrink-0 max-md:h-[75dvh] border-t border-line lg:h-auto lg:w-[46%] lg:border-t-0 lg:border-l">
        <HistoryMoment run={run} seq={useDebounced(chosen, restMs)} onFork={onFork} onEdit={onEdit} />
      </aside>
    </div>
  );
}

function EventList({ run, chosen, onSeq }: { run: RunOverview; chosen: number; onSeq(seq: number): void }) {
  const list = useListWindow(run.lastSeq, historyPage);
  const { rows, pages: wanted } = list;
  const pages = useHistoryPages(run.id, wanted, run.lastSeq);
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  useEffect(() => rows.scrollToIndex(chosen - 1), [rows, chosen]);
  return (
    <ListWindow
      label={t('run.events')}
      list={list}
      chosen={chosen - 1}
      onChoose={(index) => onSeq(index + 1)}
      renderRow={(index) => {
        const entry = byPage.get(Math.floor(index / historyPage))?.items[index % historyPage];
        return entry && <EventRow entry={entry} chosen={entry.seq === chosen} onChoose={() => onSeq(entry.seq)} />;
      }}
    />
  );
}

function EventRow({ entry, chosen, onChoose }: { entry: HistoryEntry; chosen: boolean; onChoose(): void }) {
  const summary = told(entry.said, entry.summary);
  return (
    <ListOption chosen={chosen} onChoose={onChoose}>
      <span className="w-10 shrink-0 text-12 text-muted">{entry.seq}</span>
      <span className="w-20 shrink-0 text-12 text-muted" title={formatInstantFully(entry.at)}>
        {formatInstant(entry.at)}
      </span>
      <span className={`min-w-0 flex-1 truncate ${entry.error ? 'text-failed' : ''}`} title={summary}>
        {summary}
        {entry.step && entry.step.iteration.length > 0 && (
          <span className="ml-1.5 text-12 text-muted">#{iterationText(entry.step.iteration)}</span>
        )}
      </span>
    </ListOption>
  );
}
