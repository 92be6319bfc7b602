import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { RunOverview, StepStory } from '../../api/types.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { Resizer } from '../../shared/components/resizer.js';
import { isTyping } from '../../shared/hooks/is-typing.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { useRunDocument } from './api/use-run-document.js';
import { useRunNews } from './api/use-run-news.js';
import { useRunOverview } from './api/use-run-overview.js';
import { useChosenVisits, useFirstVisits } from './api/use-visits.js';
import { DurabilityCard } from './durability-card.js';
import { iterationText, selectionOf } from './model/selection.js';
import { fromEvent, fromStep } from './model/retry-places.js';
import type { RunPageSearch, Selection } from './model/selection.js';
import { RunGraph } from './run-graph.js';
import { RunHeader } from './run-header.js';
import { ApprovalNotice } from './approval-notice.js';
import { NewerVersionNotice } from './newer-version-notice.js';
import { PauseDecision } from './pause-decision.js';
import { RunHistory } from './run-history.js';
import { RunLog } from './run-log.js';
import { Timeline } from './timeline.js';
import { useRepeats } from './use-repeats.js';
import { VisitDetails } from './visit-details.js';
import { VisitList } from './visit-list.js';
import { t } from '../../shared/i18n/i18n.js';

const views = ['steps', 'graph', 'visits', 'logs', 'history', 'durability'] as const;

export function RunPage() {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
  return <RunContent key={runId} runId={runId} />;
}

function RunContent({ runId }: { runId: string }) {
  const overview = useRunOverview(runId);
  const run = overview.data;
  useRunNews(runId, isOpen(run?.status), run?.lastSeq);
  if (overview.isPending) return <Loading />;
  if (!run) {
    return (
      <div className="p-6">
        <LoadError error={overview.error} onRetry={() => void overview.refetch()} />
      </div>
    );
  }
  return <LoadedRun run={run} />;
}

function LoadedRun({ run }: { run: RunOverview }) {
  const search = useSearch({ from: '/shell/runs/$runId' });
  const document = useRunDocument(run.id);
  const visits = useFirstVisits(run.id);
  const selection = selectionOf(run, search);
  const chosen = useChosenVisits(run.id, selection);
  const siblings = chosen.data?.items ?? [];
  const visit = visitOf(siblings, selection);
  const now = useNow(isOpen(run.status), 1_000);
  const [detailsWidth, setDetailsWidth] = useStored('run-details-width', 520);
  const repeats = useRepeats(run, visits.data?.items[0]);
  const go = useGo(run.id);
  const view = search.view ?? 'steps';
  const choose = (nodeId: string, iteration = selection.iteration) =>
    go({ step: nodeId, ...(iteration.length > 0 ? { iter: iterationText(iteration) } : {}) }, true);
  useIterationKeys(selection, (iteration) => selection.nodeId && choose(selection.nodeId, iteration));
  const openVisit = (one: StepStory) =>
    go(
      {
        step: one.nodeId,
        visit: String(one.visit + 1),
        ...(one.iteration.length > 0 ? { iter: iterationText(one.iteration) } : {}),
      },
      true,
    );
  return (
    <div className="wf-touch flex h-full flex-col max-md:overflow-y-auto">
      <RunHeader run={run} now={now} onRetry={() => repeats.retry()} />
      <NewerVersionNotice run={run} />
      <ApprovalNotice run={run} />
      <PauseDecision run={run} />
      <nav
        aria-label={t('runs.views')}
        className="thin-scroll flex shrink-0 gap-4 overflow-x-auto border-b border-line bg-surface px-4 md:px-6"
      >
        {views.map((id) => (
          <button
            key={id}
            type="button"
            aria-current={view === id ? 'page' : undefined}
            onClick={() => go({ view: id })}
            className={`shrink-0 border-b-2 py-1.5 text-13 font-medium whitespace-nowrap ${view === id ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
          >
            {t(`runs.view.${id}`)}
          </button>
        ))}
      </nav>
      {view === 'durability' && <DurabilityCard run={run} />}
      {view === 'history' && (
        <RunHistory
          run={run}
          seq={search.at === undefined ? run.lastSeq : Number(search.at) || 1}
          onSeq={(seq) => go({ at: String(seq) })}
          onFork={(at) => repeats.retry(fromEvent(at))}
          onEdit={repeats.edit}
        />
      )}
      {view === 'logs' && (
        <RunLog
          run={run}
          line={search.line}
          onLine={(line) => go({ line })}
          onStep={(line) =>
            go({ step: line.nodeId, iter: iterationText(line.iteration), side: 'logs', view: 'steps' }, true)
          }
        />
      )}
      {(view === 'steps' || view === 'graph' || view === 'visits') && (
        <div className="flex min-h-0 flex-1 flex-col max-md:flex-none lg:flex-row">
          <div className="min-h-0 min-w-0 flex-1 max-md:h-[50dvh] max-md:flex-none">
            {view === 'steps' && (
              <Timeline
                run={run}
                document={document.data}
                visits={visits.data?.items ?? []}
                chosen={visit}
                selection={selection}
                now={now}
                onSelect={(nodeId) => choose(nodeId)}
                onIteration={choose}
              />
            )}
            {view === 'graph' && document.data && (
              <RunGraph
                run={run}
                document={document.data}
                chosen={selection.nodeId}
                onSelect={(nodeId) => choose(nodeId)}
              />
            )}
            {view === 'visits' && (
              <VisitList runId={run.id} total={run.stepCount} chosenId={visit?.id} now={now} onChoose={openVisit} />
            )}
          </div>
          <div className="hidden lg:flex">
            <Resizer
              label={t('runs.detailsWidth')}
              orientation="vertical"
              value={detailsWidth}
              min={320}
              max={900}
              onChange={setDetailsWidth}
            />
          </div>
          <aside
            style={{ '--details-width': `${detailsWidth}px` } as React.CSSProperties}
            className="h-1/2 shrink-0 border-t border-line max-md:h-[75dvh] lg:h-auto lg:w-(--details-width) lg:max-w-[65%] lg:border-t-0"
          >
            {visit ? (
              <VisitDetails
                key={visit.id}
                run={run}
                visit={visit}
                siblings={siblings}
                search={search}
                now={now}
                onGo={go}
                onRetryHere={() => repeats.retry(fromStep(visit))}
                onEditAndRun={() => repeats.edit({ ...visit, isTrigger: visit.position === 0 })}
              />
            ) : (
              <p className="p-8 text-center text-muted">
                {chosen.isFetching
                  ? t('runs.loading')
                  : selection.nodeId
                    ? t('runs.stepNotReached')
                    : t('runs.nothingRan')}
              </p>
            )}
          </aside>
        </div>
      )}
      {repeats.dialogs}
    </div>
  );
}

const visitOf = (visits: readonly StepStory[], { visit }: Selection) =>
  visits.find((one) => one.visit === visit) ?? visits.find(({ status }) => status === 'failed') ?? visits.at(-1);

/** Changes the address. With `anew` another step is chosen, and what belonged to the old one goes. */
function useGo(runId: string) {
  const navigate = useNavigate();
  return (part: RunPageSearch, anew = false) =>
    void navigate({
      to: '/runs/$runId',
      params: { runId },
      search: (before: RunPageSearch) =>
        anew ? { ...(before.view ? { view: before.view } : {}), ...part } : { ...before, ...part },
      replace: true,
    });
}

/** `,` and `.` go to the previous and the next iteration. */
function useIterationKeys({ iteration }: Selection, onIteration: (iteration: number[]) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = { ',': -1, '.': 1 }[event.key];
      const last = iteration.at(-1);
      if (!by || last === undefined || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      onIteration([...iteration.slice(0, -1), Math.max(0, last + by)]);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}
