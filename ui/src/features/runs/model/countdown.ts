import { formatDuration, formatInstant } from '../../../shared/format/time.js';

/** "until 14:30 (in 2 h 05 m)"; past its time: "due since 14:30". */
export function countdown(until: number, now: number): string {
  const text = formatInstant(until, new Date(now));
  return until > now ? `until ${text} (in ${formatDuration(until - now)})` : `due since ${text}`;
}
