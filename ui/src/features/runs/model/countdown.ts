import { formatDuration, formatInstant } from '../../../shared/format/time.js';
import { t } from '../../../shared/i18n/i18n.js';

/** "until 14:30 (in 2 h 05 m)"; past its time: "due since 14:30". */
export function countdown(until: number, now: number): string {
  const text = formatInstant(until, new Date(now));
  return until > now
    ? t('runs.until', { time: text, rest: formatDuration(until - now) })
    : t('runs.dueSince', { time: text });
}
