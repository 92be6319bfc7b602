import type { ForecastStep, RetryForecast as Forecast } from '../../api/types.js';
import { formatNumber } from '../../shared/format/count.js';
import { t } from '../../shared/i18n/i18n.js';
import type { TextKey } from '../../shared/i18n/i18n.js';

const reasons: Record<string, TextKey> = {
  start: 'retry.because.start',
  notDone: 'retry.because.notDone',
  follows: 'retry.because.follows',
  nodeChanged: 'retry.because.nodeChanged',
  inputChanged: 'retry.because.inputChanged',
  readsChanged: 'retry.because.readsChanged',
  dataGone: 'retry.because.dataGone',
  undone: 'retry.because.undone',
};

/** The steps whose results a retry uses, and those it does again, each with the reason. */
export function RetryForecast({ forecast: { kept, again } }: { forecast: Forecast }) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <StepList title={t('retry.kept', { steps: kept.length })} empty={t('retry.keptNone')} steps={kept} />
      <StepList
        title={t('retry.again', { steps: again.length })}
        empty={t('retry.againNone')}
        steps={again.map((step) => {
          const reason = step.reason === null ? undefined : reasons[step.reason];
          return { ...step, note: reason && t(reason) };
        })}
      />
    </div>
  );
}

interface StepListProps {
  title: string;
  empty: string;
  steps: readonly (ForecastStep & { note?: string | undefined })[];
}

function StepList({ title, empty, steps }: StepListProps) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-12 font-medium text-muted">{title}</h3>
      {steps.length === 0 && <p className="text-13 text-muted">{empty}</p>}
      <ul tabIndex={0} aria-label={title} className="thin-scroll max-h-48 overflow-auto">
        {steps.map(({ nodeId, name, visits, note }) => (
          <li key={nodeId} className="py-0.5 text-13">
            {name}
            {visits > 1 && <span className="ml-1 text-12 text-muted">{formatNumber(visits)}×</span>}
            {note && <span className="block text-12 text-muted">{note}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
