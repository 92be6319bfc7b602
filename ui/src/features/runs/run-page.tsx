import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { Run, RunStep } from '../../api/types.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { Resizer } from '../../shared/components/resizer.js';
import { useNow } from '../../shared/hooks/use-now.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { isOpen, runKey, useRun } from '../../shared/runs/api/use-run.js';
import { createRunStore, RunProvider, useFollow, useRunState } from '../../shared/runs/run-store.js';
import { useRunDocument } from './api/use-run-document.js';
import { DurabilityCard } from './durability-card.js';
import { RunHeader } from './run-header.js';
import { StepDetails } from './step-details.js';
import { Timeline } from './timeline.js';

export function RunPage() {
  const { runId } = useParams({ from: '/shell/runs/$runId' });
  const [store] = useState(createRunStore);
  return (
    <RunProvider value={store}>
      <RunContent key={runId} runId={runId} />
    </RunProvider>
  );
}

function RunContent({ runId }: { runId: string }) {
  useFollow(runId);
  useFreshRun(runId);
  const run = useRun(runId);
  const document = useRunDocument(runId);
  const { step: stepId, view } = useSearch({ from: '/shell/runs/$runId' });
  const navigate = useNavigate();
  const [detailsWidth, setDetailsWidth] = useStored('run-details-width', 520);
  const now = useNow(isOpen(run.data?.status), 500);
  if (run.isPending) return <Loading />;
  if (run.isError) {
    return (
      <div className="p-6">
        <LoadError error={run.error} onRetry={() => void run.refetch()} />
      </div>
    );
  }
  const selected = selectedStep(run.data, stepId);
  const go = (part: { step?: string; view?: string }) =>
    void navigate({
      to: '/runs/$runId',
      params: { runId },
      search: (before) => ({ ...before, ...part }),
      replace: true,
    });
  return (
    <div className="flex h-full flex-col">
      <RunHeader run={run.data} name={run.data.workflowName ?? document.data?.name} now={now} />
      <nav aria-label="Views" className="flex shrink-0 gap-4 border-b border-line bg-surface px-6">
        {[
          ['steps', 'Steps'],
          ['durability', 'Durability'],
        ].map(([id, label]) => (
          <button
            key={id}
            type="button"
            aria-current={(view ?? 'steps') === id ? 'page' : undefined}
            onClick={() => go({ view: id ?? 'steps' })}
            className={`-mb-px border-b-2 py-1.5 text-13 font-medium ${(view ?? 'steps') === id ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink'}`}
          >
            {label}
          </button>
        ))}
      </nav>
      {view === 'durability' ? (
        <DurabilityCard run={run.data} />
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="min-w-0 flex-1">
            <Timeline
              run={run.data}
              document={document.data}
              selectedId={selected?.id}
              now={now}
              onSelect={(step) => go({ step })}
            />
          </div>
          <Resizer
            label="Width of the details"
            orientation="vertical"
            value={detailsWidth}
            min={320}
            max={900}
            onChange={setDetailsWidth}
          />
          <aside style={{ width: detailsWidth }} className="max-w-[65%] shrink-0">
            <StepDetails key={selected?.id} run={run.data} step={selected} />
          </aside>
        </div>
      )}
    </div>
  );
}

/** A run opens at what matters: the failed step, else the one at work or waiting, else the last. */
export function selectedStep(run: Pick<Run, 'steps'>, wanted: string | undefined): RunStep | undefined {
  return (
    run.steps.find((step) => step.id === wanted) ??
    run.steps.find((step) => step.status === 'failed') ??
    run.steps.find((step) => step.status === 'waiting' || step.status === 'running') ??
    run.steps.at(-1)
  );
}

/** Reads the run again after live events, at most every 400 ms. */
function useFreshRun(runId: string): void {
  const beat = useRunState((state) => state.beat);
  const queryClient = useQueryClient();
  const refresh = useMemo(
    () => throttled(() => void queryClient.invalidateQueries({ queryKey: runKey(runId) }), 400),
    [queryClient, runId],
  );
  useEffect(() => {
    if (beat > 0) refresh();
  }, [beat, refresh]);
}

function throttled(work: () => void, everyMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      work();
    }, everyMs);
  };
}
