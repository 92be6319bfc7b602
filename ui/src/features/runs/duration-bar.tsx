import { t } from '../../shared/i18n/i18n.js';

/** How long one run took beside the longest that is shown. */
export function DurationBar({ ms, longestMs }: { ms: number | undefined; longestMs: number }) {
  if (ms === undefined || longestMs <= 0) return null;
  const percent = Math.min(100, Math.max(0, Math.round((ms / longestMs) * 100)));
  const text = t('runs.tookShare', { percent });
  return (
    <span role="img" aria-label={text} title={text} className="mt-1 block h-1 rounded-full bg-subtle">
      <span className="block h-full min-w-0.5 rounded-full bg-idle" style={{ width: `${percent}%` }} />
    </span>
  );
}
