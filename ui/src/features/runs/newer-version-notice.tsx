import { CircleArrowUp } from 'lucide-react';
import type { RunOverview } from '../../api/types.js';
import { t } from '../../shared/i18n/i18n.js';

/** Says that this version of WFAIB cannot go on with the run, and which one can. */
export function NewerVersionNotice({ run }: { run: RunOverview }) {
  if (run.needsNewerVersion === undefined) return null;
  return (
    <section aria-label={t('runs.newer.title')} className="border-b border-line bg-surface px-4 py-2 md:px-6">
      <p className="flex gap-2 py-0.5 text-13">
        <CircleArrowUp size={14} aria-hidden className="mt-0.5 shrink-0 text-needs-you" />
        <span>
          <b className="font-semibold">{t('runs.newer.title')}</b>{' '}
          {t('runs.newer.what', { event: run.needsNewerVersion.event })}
        </span>
      </p>
    </section>
  );
}
