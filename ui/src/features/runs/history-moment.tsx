import { GitFork, PencilLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RunOverview, RunStep, RunThen } from '../../api/types.js';
import { Button } from '../../shared/components/button.js';
import { Loading, LoadError } from '../../shared/components/page.js';
import { Segmented } from '../../shared/components/segmented.js';
import { StatusGlyph, StatusLabel, statusLooks } from '../../shared/components/status.js';
import { StepItems } from '../../shared/data/step-items.js';
import { formatNumber } from '../../shared/format/count.js';
import { formatInstantFully } from '../../shared/format/time.js';
import { isOpen } from '../../shared/runs/api/use-run.js';
import { useRunAt } from './api/use-history.js';
import { usePortChoices } from './api/use-port-choices.js';
import type { StepToEdit } from './edit-and-run-dialog.js';
import { iterationText } from './model/selection.js';
import { t } from '../../shared/i18n/i18n.js';
import { told } from '../../shared/i18n/told.js';

interface HistoryMomentProps {
  run: RunOverview;
  seq: number;
  onFork(seq: number): void;
  onEdit(step: StepToEdit, seq: number): void;
}

type Side = 'input' | 'output';

/** What the run was like after an event: its status, its steps and their data; and the way to go on from there. */
export function HistoryMoment({ run, seq, onFork, onEdit }: HistoryMomentProps) {
  const moment = useRunAt(run.id, seq);
  const [picked, setPicked] = useState<{ seq: number; id: string }>();
  const then = moment.data;
  if (moment.isPending) return <Loading />;
  if (!then) {
    return (
      <div className="p-4">
        <LoadError error={moment.error} onRetry={() => void moment.refetch()} />
      </div>
    );
  }
  // Another event is about another step.
  const wanted = picked?.seq === then.seq ? picked.id : then.event.step?.id;
  const step = then.steps.find(({ id }) => id === wanted) ?? then.steps.at(-1);
  return (
    <section aria-label={t('runs.moment.title')} className="flex h-full flex-col bg-surface">
      <header className="shrink-0 border-b border-line px-4 py-3">
        <p className="flex flex-wrap items-center gap-x-3 text-12 text-muted">
          <StatusLabel status={then.status} />
          <span>{formatInstantFully(then.at)}</span>
        </p>
        <p className="mt-1 text-13 break-words">{told(then.event.said, then.event.summary)}</p>
        {!isOpen(run.status) && (
          <div className="mt-2 flex flex-wrap gap-2">
            <Button dense icon={<GitFork size={13} />} onClick={() => onFork(then.seq)}>
              {t('runs.moment.fork')}
            </Button>
            {step && (
              <Button dense icon={<PencilLine size={13} />} onClick={() => onEdit(toEdit(then, step), then.seq)}>
                {t('runs.moment.edit', { name: step.name })}
              </Button>
            )}
          </div>
        )}
      </header>
      <StepsThen steps={then.steps} chosen={step?.id} onChoose={(id) => setPicked({ seq: then.seq, id })} />
      {step && <StepData key={step.id} runId={run.id} step={step} />}
    </section>
  );
}

/** What a run was started with is the output of its first step. */
const toEdit = ({ steps }: RunThen, { id, nodeId, name }: RunStep): StepToEdit => ({
  id,
  nodeId,
  name,
  isTrigger: steps[0]?.id === id,
});

/** Most steps that are listed: those that began last. */
const most = 500;

function StepsThen({
  steps,
  chosen,
  onChoose,
}: {
  steps: readonly RunStep[];
  chosen: string | undefined;
  onChoose(id: string): void;
}) {
  const shown = steps.slice(-most);
  const list = useRef<HTMLDivElement>(null);
  // What it answers is not the effect's to answer: browsers give a promise.
  useEffect(() => {
    list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div
      ref={list}
      className="thin-scroll max-h-[40%] shrink-0 overflow-auto border-b border-line"
      tabIndex={0}
      role="group"
      aria-label={t('runs.moment.steps')}
    >
      {steps.length > shown.length && (
        <p className="px-4 py-1 text-12 text-muted">
          {t('runs.moment.last', { most: formatNumber(most), total: formatNumber(steps.length) })}
        </p>
      )}
      {shown.map((step) => (
        <button
          key={step.id}
          type="button"
          aria-pressed={step.id === chosen}
          aria-label={`${step.name} ${iterationText(step.iteration)}, ${statusLooks[step.status]?.label ?? step.status}`}
          onClick={() => onChoose(step.id)}
          className={`flex min-h-7 w-full items-center gap-2 px-4 text-left text-13 ${step.id === chosen ? 'bg-accent-soft' : 'hover:bg-hover'}`}
        >
          <StatusGlyph status={step.status} />
          <span className="min-w-0 flex-1 truncate">
            {step.name}
            {step.iteration.length > 0 && (
              <span className="ml-1.5 text-12 text-muted">#{iterationText(step.iteration)}</span>
            )}
          </span>
          {step.attempt > 1 && (
            <span className="text-12 text-retrying">{t('runs.attempt', { attempt: step.attempt })}</span>
          )}
          <span className="text-12 text-muted">
            {t('runs.moment.out', { items: formatNumber(step.itemCounts?.out ?? 0) })}
          </span>
        </button>
      ))}
    </div>
  );
}

/** The data of a step as they were: what has not left it yet is not there. */
function StepData({ runId, step }: { runId: string; step: RunStep }) {
  const ports = Object.keys(step.ports ?? {});
  const [side, setSide] = useState<Side>();
  const [wanted, setWanted] = useState<string>();
  const waysOut = usePortChoices(runId, step.nodeId, ports);
  const port = ports.find((name) => name === wanted) ?? ports[0];
  const shown = side ?? (ports.length > 0 ? 'output' : 'input');
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <Segmented<Side>
          dense
          label={t('runs.part')}
          value={shown}
          onChange={setSide}
          options={[
            { value: 'input', label: t('runs.input') },
            { value: 'output', label: t('runs.output') },
          ]}
        />
        {shown === 'output' && waysOut.length > 0 && (
          <Segmented dense label={t('runs.port')} value={port ?? ''} onChange={setWanted} options={waysOut} />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {shown === 'output' && ports.length === 0 ? (
          <p className="p-6 text-center text-13 text-muted">{t('runs.moment.nothingOut')}</p>
        ) : (
          <StepItems
            key={port}
            request={{
              runId,
              stepId: step.id,
              side: shown,
              port: shown === 'output' ? port : undefined,
              version: step.status,
            }}
            view="json"
          />
        )}
      </div>
    </div>
  );
}
