import { useRef } from 'react';
import type { StepStory } from '../../api/types.js';
import { StatusGlyph, statusLooks } from '../../shared/components/status.js';
import { durationBetween, formatDuration, formatInstant } from '../../shared/format/time.js';
import { useStored } from '../../shared/hooks/use-stored.js';
import { t } from '../../shared/i18n/i18n.js';
import { useVisitPages, visitPage } from './api/use-visits.js';
import { ListOption, ListWindow, useListWindow } from './list-window.js';
import { iterationText } from './model/selection.js';
import { visitStatus } from './model/step-status.js';
import { toldError } from '../../shared/i18n/server-texts.js';

interface VisitListProps {
  runId: string;
  total: number;
  chosenId: string | undefined;
  now: number;
  onChoose(visit: StepStory): void;
}

/** Every visit of every step, in the order in which they started; only the pages in view are asked for. */
export function VisitList({ runId, total, chosenId, now, onChoose }: VisitListProps) {
  const [problems, setProblems] = useStored('run-problems-only', false);
  const count = useRef(total);
  const list = useListWindow(problems ? count.current : total, visitPage);
  const wanted = [...new Set([0, ...list.pages])];
  const pages = useVisitPages(runId, problems, wanted);
  const byPage = new Map(wanted.map((page, index) => [page, pages[index]?.data]));
  count.current = byPage.get(0)?.total ?? total;
  const visitAt = (index: number) => byPage.get(Math.floor(index / visitPage))?.items[index % visitPage];
  const choose = (index: number) => {
    const visit = visitAt(index);
    if (visit) onChoose(visit);
  };
  return (
    <section aria-label={t('runs.view.visits')} className="flex h-full flex-col bg-surface">
      <header className="flex min-h-9 shrink-0 items-center gap-3 border-b border-line px-4 text-12 text-muted">
        <span className="font-medium">{t('runs.visits', { count: count.current })}</span>
        <label className="ml-auto flex items-center gap-1.5">
          <input type="checkbox" checked={problems} onChange={(event) => setProblems(event.target.checked)} />
          {t('runs.failedOrRetried')}
        </label>
      </header>
      <ListWindow
        label={t('run.visits')}
        list={list}
        chosen={list.visible.find(({ index }) => visitAt(index)?.id === chosenId)?.index ?? -1}
        onChoose={choose}
        renderRow={(index) => {
          const visit = visitAt(index);
          return (
            visit && (
              <VisitRow visit={visit} chosen={visit.id === chosenId} now={now} onChoose={() => onChoose(visit)} />
            )
          );
        }}
        empty={<p className="p-8 text-center text-muted">{t('run.visitsNone')}</p>}
      />
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
    <ListOption
      chosen={chosen}
      label={`${visit.name} ${iterationText(visit.iteration)}, ${statusLooks[status].label}`}
      onChoose={onChoose}
    >
      <span className="w-14 shrink-0 text-12 text-muted">{visit.position + 1}</span>
      <StatusGlyph status={status} />
      <span className="min-w-0 flex-1 truncate">
        {visit.name}
        {visit.iteration.length > 0 && (
          <span className="ml-1.5 text-12 text-muted">#{iterationText(visit.iteration)}</span>
        )}
        {visit.attempt > 1 && (
          <span className="ml-1.5 text-12 text-retrying">{t('runs.attempt', { attempt: visit.attempt })}</span>
        )}
        {visit.error && <span className="ml-2 text-12 text-muted">{toldError(visit.error)}</span>}
      </span>
      <span className="hidden text-12 text-muted sm:block">{formatInstant(visit.startedAt)}</span>
      <span className="w-16 text-right text-12 text-muted">{took === undefined ? '' : formatDuration(took)}</span>
    </ListOption>
  );
}
