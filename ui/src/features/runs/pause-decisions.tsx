import type { StepPause } from '../../api/types.js';
import { formatDay } from '../../shared/format/time.js';
import { t } from '../../shared/i18n/i18n.js';

/** Who decided what about an approval, in the details of its step. */
export function PauseDecisions({ pauses }: { pauses: readonly StepPause[] }) {
  const approvals = pauses.filter(({ kind }) => kind === 'approval');
  return approvals.map(({ title, decisions = [], startedAt, endedAt, endedBy }) => (
    <div key={startedAt} className="mt-2 text-12">
      {title && <p className="font-medium">{title}</p>}
      <ul aria-label={t('approvals.decisions')}>
        {decisions.map(({ by, decision, at, comment }) => (
          <li key={by}>
            {t(`runs.pause.by.${decision}`, { name: by, time: formatDay(at) })}
            {comment && <q className="text-muted"> {comment}</q>}
          </li>
        ))}
        {endedAt !== null && endedBy === 'timer' && <li>{t('runs.pause.nobody')}</li>}
      </ul>
    </div>
  ));
}
