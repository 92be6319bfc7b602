import type { WorkflowDocument } from '@wfaib/sdk/workflow-document';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { Run, RunStep } from '../../api/types.js';
import { StatusGlyph, statusLooks } from '../../shared/components/status.js';
import type { StatusName } from '../../shared/components/status.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatDuration } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { useStepProgress } from '../../shared/runs/run-store.js';
import { timeScale } from './time-scale.js';

interface TimelineProps {
  run: Run;
  document: WorkflowDocument | undefined;
  selectedId: string | undefined;
  now: number;
  onSelect(stepId: string): void;
}

const rowHeight = 32;
const bars: Partial<Record<StatusName, string>> = {
  failed: 'bg-failed',
  waiting: 'bg-waiting/60',
  running: 'bg-accent',
  retrying: 'bg-retrying',
  succeeded: 'bg-ok',
};

/** One row a step visit: its name at the left, when it worked at the right. The row is the target, not the bar. */
export function Timeline({ run, document, selectedId, now, onSelect }: TimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [problemsOnly, setProblemsOnly] = useStored('run-problems-only', false);
  const shown = useMemo(
    () => (problemsOnly ? run.steps.filter((step) => step.status === 'failed' || step.attempt > 1) : run.steps),
    [run.steps, problemsOnly],
  );
  const scale = useMemo(() => timeScale(run, now), [run, now]);
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const unreached = document ? document.nodes.length - new Set(run.steps.map((step) => step.nodeId)).size : 0;
  const walk = (event: React.KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = shown.findIndex((step) => step.id === selectedId);
    const next = shown[Math.min(shown.length - 1, Math.max(0, at + by))];
    if (!next) return;
    onSelect(next.id);
    rows.scrollToIndex(shown.indexOf(next));
  };
  return (
    <section aria-label="Steps and timeline" className="flex h-full flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-4 text-12 text-muted">
        <span className="w-56 shrink-0 font-medium">
          {formatNumber(run.steps.length)} {run.steps.length === 1 ? 'step' : 'steps'}
          {unreached > 0 && <span className="font-normal text-faint"> · {unreached} not reached</span>}
        </span>
        <span className="flex flex-1 justify-between tabular-nums">
          <span>0</span>
          <span>{formatDuration(scale.totalMs / 2)}</span>
          <span>{formatDuration(scale.totalMs)}</span>
        </span>
        <label className="flex w-[156px] items-center justify-end gap-1.5 whitespace-nowrap">
          <input type="checkbox" checked={problemsOnly} onChange={(event) => setProblemsOnly(event.target.checked)} />
          Failed or retried
        </label>
      </header>
      <div
        ref={scroller}
        className="thin-scroll min-h-0 flex-1 overflow-auto"
        role="listbox"
        aria-label="Steps"
        tabIndex={0}
        onKeyDown={walk}
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const step = shown[row.index];
            if (!step) return null;
            return (
              <div
                key={step.id}
                className="absolute inset-x-0"
                style={{ height: rowHeight, transform: `translateY(${row.start}px)` }}
              >
                <StepRow
                  step={step}
                  selected={step.id === selectedId}
                  place={scale.placeOf(step)}
                  placeOfTime={scale.placeOfTime}
                  onSelect={() => onSelect(step.id)}
                />
              </div>
            );
          })}
        </div>
        {shown.length === 0 && (
          <p className="p-8 text-center text-muted">
            {run.steps.length === 0 ? 'No step has started yet.' : 'No step failed or was retried.'}
          </p>
        )}
      </div>
    </section>
  );
}

interface StepRowProps {
  step: RunStep;
  selected: boolean;
  place: { left: number; width: number; ms: number };
  placeOfTime(startedAt: number, endedAt: number): { left: number; width: number };
  onSelect(): void;
}

function StepRow({ step, selected, place, placeOfTime, onSelect }: StepRowProps) {
  const tries = useStepProgress(step.nodeId)?.failedTries.filter((failed) => failed.step === step.id) ?? [];
  const retried = step.attempt > 1;
  const status: StatusName = step.status === 'succeeded' && retried ? 'doneAfterRetries' : step.status;
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-label={`${step.name}, ${statusLooks[status]?.label ?? status}, ${formatDuration(place.ms)}`}
      onClick={onSelect}
      className={`flex h-full w-full items-center gap-3 border-b border-line/60 px-4 text-left ${selected ? 'bg-accent-soft' : 'hover:bg-hover'}`}
    >
      <span className="flex w-56 shrink-0 items-center gap-2" style={{ paddingLeft: step.iteration.length * 14 }}>
        <StatusGlyph status={status} />
        <span className={`min-w-0 truncate ${selected ? 'font-semibold' : ''}`}>{step.name}</span>
        {step.iteration.length > 0 && (
          <span className="text-11 text-faint">#{step.iteration.map((index) => index + 1).join('.')}</span>
        )}
        {retried && <span className="text-11 text-retrying">try {step.attempt}</span>}
      </span>
      <span className="relative h-full min-w-0 flex-1">
        {tries.map(({ startedAt, endedAt }, index) => {
          const { left, width } = placeOfTime(startedAt, endedAt);
          return (
            <span
              key={startedAt}
              title={`Try ${index + 1} failed after ${formatDuration(endedAt - startedAt)}`}
              className="absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[3px] bg-retrying"
              style={{ left: `${left}%`, width: `max(3px, ${width}%)` }}
            />
          );
        })}
        <span
          aria-hidden
          className={`absolute top-1/2 h-2.5 -translate-y-1/2 rounded-[3px] ${bars[step.status] ?? 'bg-idle'} ${step.status === 'waiting' ? 'wf-hatched' : ''}`}
          style={{ left: `${place.left}%`, width: `max(3px, ${place.width}%)` }}
        />
      </span>
      <span className="w-16 shrink-0 text-right text-12 text-muted">{formatDuration(place.ms)}</span>
      <span className="w-20 shrink-0 text-right text-12 text-faint" title="Items out">
        {formatNumber(step.itemCounts.out)}
      </span>
    </button>
  );
}
