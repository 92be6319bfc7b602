import { ChevronLeft, ChevronRight, PencilLine, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { RunOverview, StepStory } from '../../api/types.js';
import { Button, IconButton } from '../../shared/components/button.js';
import { SearchBox } from '../../shared/components/search-box.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StatusLabel } from '../../shared/components/status.js';
import { ErrorCard } from '../../shared/data/error-card.js';
import type { DataView } from '../../shared/data/step-items.js';
import { StepLogs } from '../../shared/data/step-logs.js';
import { TakeItems } from '../../shared/data/take-items.js';
import { durationBetween, formatDuration, formatInstant, formatInstantFully } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import type { StepItemsRequest } from '../../shared/runs/api/use-step-items.js';
import { usePortChoices } from './api/use-port-choices.js';
import { useStepProgress } from './api/use-step-progress.js';
import { progressNote, progressOf } from './model/progress-note.js';
import { PauseDecisions } from './pause-decisions.js';
import { iterationText } from './model/selection.js';
import type { RunPageSearch } from './model/selection.js';
import { VisitItems } from './visit-items.js';
import { visitStatus } from './model/step-status.js';
import { t } from '../../shared/i18n/i18n.js';

type Side = 'input' | 'output' | 'error' | 'logs';

interface VisitDetailsProps {
  run: RunOverview;
  visit: StepStory;
  /** Visits of the same step in the same iteration. */
  siblings: readonly StepStory[];
  search: RunPageSearch;
  now: number;
  /** With `anew` another step is chosen. */
  onGo(part: RunPageSearch, anew?: boolean): void;
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
  const waysOut = usePortChoices(run.id, visit.nodeId, ports);
  const told = progressOf(visit, useStepProgress(run.id));
  const took = durationBetween(visit.startedAt, visit.endedAt, now);
  const sides: { value: Side; label: string }[] = [
    { value: 'input', label: t('runs.input') },
    { value: 'output', label: t('runs.output') },
    ...(error ? [{ value: 'error' as const, label: t('runs.error') }] : []),
    { value: 'logs', label: t('runs.view.logs') },
  ];
  const at = siblings.findIndex(({ id }) => id === visit.id);
  const isData = side === 'input' || side === 'output';
  const request: StepItemsRequest = {
    runId: run.id,
    stepId: visit.id,
    side: side === 'input' ? 'input' : 'output',
    port: side === 'output' ? port : undefined,
    version: visit.status,
  };
  return (
    <section aria-label={t('runs.detailsOf', { name: visit.name })} className="flex h-full flex-col bg-surface">
      <header className="shrink-0 px-4 pt-3 pb-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h2 className="min-w-0 truncate text-14 font-semibold">{visit.name}</h2>
          <span className="flex text-12">
            <StatusLabel status={run.turn ? 'pending' : visitStatus(visit)} />
          </span>
          {visit.iteration.length > 0 && (
            <span className="text-12 text-muted">
              {t('runs.iteration', { iteration: iterationText(visit.iteration) })}
            </span>
          )}
          <Stepper
            kind="visit"
            at={at}
            count={siblings.length}
            onGo={(index) => onGo({ visit: String((siblings[index]?.visit ?? 0) + 1) })}
          />
          <Stepper
            kind="attempt"
            at={attempt - 1}
            count={visit.attempt}
            onGo={(index) => onGo({ attempt: String(index + 1), side: 'error' })}
          />
          {isData && (
            <span className="ml-auto">
              <TakeItems request={request} name={visit.name} />
            </span>
          )}
        </div>
        <p className="truncate text-12 text-muted" title={formatInstantFully(visit.startedAt)}>
          {formatInstant(visit.startedAt)}
          {took !== undefined && ` · ${formatDuration(took)}`}
        </p>
        {told && (
          <p className="mt-2 flex items-center gap-2 text-12">
            <progress
              aria-label={t('runs.howFar')}
              className="h-1.5 w-28 accent-accent"
              max={1}
              value={told.fraction}
            />
            <span className="min-w-0 truncate">{progressNote(told, now)}</span>
          </p>
        )}
        <PauseDecisions pauses={visit.pauses} />
        {!isOpen(run.status) && (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button dense icon={<RotateCcw size={13} />} onClick={props.onRetryHere}>
              {t('runs.againFromHere')}
            </Button>
            <Button dense icon={<PencilLine size={13} />} onClick={props.onEditAndRun}>
              {t('runs.editAndRun')}
            </Button>
          </div>
        )}
      </header>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 pb-2">
        <Segmented<Side>
          dense
          label={t('runs.part')}
          value={side}
          onChange={(next) => onGo({ side: next, item: '' })}
          options={sides}
        />
        {side === 'output' && waysOut.length > 0 && (
          <Segmented
            dense
            label={t('runs.port')}
            value={port ?? ''}
            onChange={(next) => onGo({ port: next })}
            options={waysOut}
          />
        )}
        <div className="flex-1" />
        {isData && <SearchBox dense label={t('runs.searchItems')} value={q} onChange={setQ} />}
        {isData && (
          <Segmented
            dense
            label={t('common.view')}
            value={view}
            onChange={setView}
            options={[
              { value: 'json', label: t('common.json') },
              { value: 'table', label: t('common.table') },
              { value: 'schema', label: t('runs.schema') },
            ]}
          />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {side === 'error' && error && (
          <div className="thin-scroll h-full overflow-auto p-4">
            <ErrorCard
              error={error}
              {...(visit.attempt > 1 ? { title: t('runs.attemptOf', { attempt, total: visit.attempt }) } : {})}
            />
            {tried && (
              <p className="mt-3 text-12 text-muted">
                {t('runs.failedAfter', {
                  time: formatDuration(tried.endedAt - tried.startedAt),
                  due: formatInstant(tried.dueAt),
                })}
              </p>
            )}
          </div>
        )}
        {side === 'error' && !error && <p className="p-6 text-center text-muted">{t('runs.attemptOk')}</p>}
        {side === 'logs' && <StepLogs runId={run.id} stepId={visit.id} />}
        {isData && <VisitItems visit={visit} request={request} view={view} item={search.item} q={q} onGo={onGo} />}
      </div>
    </section>
  );
}

interface StepperProps {
  kind: 'visit' | 'attempt';
  at: number;
  count: number;
  onGo(index: number): void;
}

/** "‹ attempt 2 of 3 ›"; nothing where there is only one. */
function Stepper({ kind, at, count, onGo }: StepperProps) {
  if (count <= 1 || at < 0) return null;
  return (
    <span className="wf-dense inline-flex items-center text-12 text-muted">
      <IconButton
        label={t(`runs.stepper.${kind}.previous`)}
        className="size-6!"
        disabled={at === 0}
        onClick={() => onGo(at - 1)}
      >
        <ChevronLeft size={14} />
      </IconButton>
      {t(`runs.stepper.${kind}.at`, { at: at + 1, total: count })}
      <IconButton
        label={t(`runs.stepper.${kind}.next`)}
        className="size-6!"
        disabled={at >= count - 1}
        onClick={() => onGo(at + 1)}
      >
        <ChevronRight size={14} />
      </IconButton>
    </span>
  );
}
