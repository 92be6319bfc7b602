import { ChevronLeft, ChevronRight, PencilLine, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { RunOverview, StepStory } from '../../api/types.js';
import { Button, IconButton } from '../../shared/components/button.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StatusLabel } from '../../shared/components/status.js';
import { ErrorCard } from '../../shared/data/error-card.js';
import { StepItems } from '../../shared/data/step-items.js';
import type { DataView } from '../../shared/data/step-items.js';
import { StepLogs } from '../../shared/data/step-logs.js';
import { durationBetween, formatDuration, formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { useStepProgress } from './api/use-step-progress.js';
import { progressNote, progressOf } from './model/progress-note.js';
import { PauseDecisions } from './pause-decisions.js';
import { iterationText } from './model/selection.js';
import type { RunPageSearch } from './model/selection.js';
import { visitStatus } from './model/step-status.js';

type Side = 'input' | 'output' | 'error' | 'logs';

interface VisitDetailsProps {
  run: RunOverview;
  visit: StepStory;
  /** Visits of the same step in the same iteration. */
  siblings: readonly StepStory[];
  search: RunPageSearch;
  now: number;
  onGo(part: RunPageSearch): void;
  onRetryHere(): void;
  onEditAndRun(): void;
}

/** Data, error and log of the chosen visit, and what one can do from here. */
export function VisitDetails(props: VisitDetailsProps) {
  const { run, visit, siblings, search, now, onGo } = props;
  const [view, setView] = useStored<DataView>('run-data-view', 'json');
  const [q, setQ] = useState('');
  const attempt = search.attempt === undefined ? visit.attempt : Number(search.attempt);
  const tried = visit.tries.find((one) => one.attempt === attempt);
  const error = tried?.error ?? visit.error ?? undefined;
  const side = (search.side as Side | undefined) ?? (error ? 'error' : 'output');
  const ports = Object.keys(visit.ports ?? {});
  const port = search.port && ports.includes(search.port) ? search.port : ports[0];
  const told = progressOf(visit, useStepProgress(run.id));
  const took = durationBetween(visit.startedAt, visit.endedAt, now);
  const sides: { value: Side; label: string }[] = [
    { value: 'input', label: 'Input' },
    { value: 'output', label: 'Output' },
    ...(error ? [{ value: 'error' as const, label: 'Error' }] : []),
    { value: 'logs', label: 'Logs' },
  ];
  const at = siblings.findIndex(({ id }) => id === visit.id);
  const offset = search.item ? Math.floor(Math.max(0, Number(search.item) || 0) / 100) * 100 : 0;
  return (
    <section aria-label={`Details of ${visit.name}`} className="flex h-full flex-col bg-surface">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 truncate text-14 font-semibold">{visit.name}</h2>
          <span className="flex text-12">
            <StatusLabel status={visitStatus(visit)} />
          </span>
          {visit.iteration.length > 0 && (
            <span className="text-12 text-muted">iteration {iterationText(visit.iteration)}</span>
          )}
          <Stepper
            label="visit"
            at={at}
            count={siblings.length}
            onGo={(index) => onGo({ visit: String((siblings[index]?.visit ?? 0) + 1) })}
          />
          <Stepper
            label="attempt"
            at={attempt - 1}
            count={visit.attempt}
            onGo={(index) => onGo({ attempt: String(index + 1), side: 'error' })}
          />
        </div>
        <p className="truncate text-12 text-muted" title={formatInstantFully(visit.startedAt)}>
          {formatInstant(visit.startedAt)}
          {took !== undefined && ` · ${formatDuration(took)}`}
        </p>
        {told && (
          <p className="mt-2 flex items-center gap-2 text-12">
            <progress aria-label="How far it is" className="h-1.5 w-28 accent-accent" max={1} value={told.fraction} />
            <span className="min-w-0 truncate">{progressNote(told, now)}</span>
          </p>
        )}
        <PauseDecisions pauses={visit.pauses} />
        {!isOpen(run.status) && (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button dense icon={<RotateCcw size={13} />} onClick={props.onRetryHere}>
              Run again from here
            </Button>
            <Button dense icon={<PencilLine size={13} />} onClick={props.onEditAndRun}>
              Edit its input and run
            </Button>
          </div>
        )}
      </header>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 pb-2">
        <Segmented<Side> dense label="Part" value={side} onChange={(next) => onGo({ side: next })} options={sides} />
        {side === 'output' && ports.length > 1 && (
          <Segmented
            dense
            label="Port"
            value={port ?? ''}
            onChange={(next) => onGo({ port: next })}
            options={ports.map((name) => ({ value: name, label: name }))}
          />
        )}
        <div className="flex-1" />
        {(side === 'input' || side === 'output') && <SearchBox dense label="Search items" value={q} onChange={setQ} />}
        {(side === 'input' || side === 'output') && (
          <Segmented
            dense
            label="View"
            value={view}
            onChange={setView}
            options={[
              { value: 'json', label: 'JSON' },
              { value: 'table', label: 'Table' },
              { value: 'schema', label: 'Schema' },
            ]}
          />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {side === 'error' && error && (
          <div className="thin-scroll h-full overflow-auto p-4">
            <ErrorCard
              error={error}
              {...(visit.attempt > 1 ? { title: `Attempt ${attempt} of ${visit.attempt}` } : {})}
            />
            {tried && (
              <p className="mt-3 text-12 text-muted">
                Failed after {formatDuration(tried.endedAt - tried.startedAt)}; the next attempt was due at{' '}
                {formatInstant(tried.dueAt)}.
              </p>
            )}
          </div>
        )}
        {side === 'error' && !error && <p className="p-6 text-center text-muted">This attempt did not fail.</p>}
        {side === 'logs' && <StepLogs runId={run.id} stepId={visit.id} />}
        {(side === 'input' || side === 'output') && (
          <StepItems
            key={`${visit.id}${side}${port}${offset}`}
            request={{
              runId: run.id,
              stepId: visit.id,
              side,
              port: side === 'output' ? port : undefined,
              version: visit.status,
              ...(q ? { q } : {}),
              ...(offset > 0 && !q ? { from: offset } : {}),
            }}
            view={view}
          />
        )}
      </div>
    </section>
  );
}

/** "‹ attempt 2 of 3 ›"; nothing where there is only one. */
function Stepper({ label, at, count, onGo }: { label: string; at: number; count: number; onGo(index: number): void }) {
  if (count <= 1 || at < 0) return null;
  return (
    <span className="inline-flex items-center text-12 text-muted">
      <IconButton label={`Previous ${label}`} className="size-6!" disabled={at === 0} onClick={() => onGo(at - 1)}>
        <ChevronLeft size={14} />
      </IconButton>
      {label} {at + 1} of {count}
      <IconButton label={`Next ${label}`} className="size-6!" disabled={at >= count - 1} onClick={() => onGo(at + 1)}>
        <ChevronRight size={14} />
      </IconButton>
    </span>
  );
}
